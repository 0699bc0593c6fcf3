using System.Diagnostics;
using Tepui.Protocol.V1;
using Tepui.Sdk.Scheduler;

namespace Tepui.LoadTest.Frameworks;

/// <summary>Launches one task after another, and times each from the ACCEPT until its TASK_RUNNING is seen.</summary>
internal sealed class LatencyFramework(Uri master) : IAsyncDisposable
{
    private readonly SchedulerClient _client = new(new SchedulerOptions { Masters = [master.Authority], Framework = LoadFramework.Info() });

    /// <summary>Runs tasks, each to its end before the next.</summary>
    /// <param name="tasks">How many.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Milliseconds of each.</returns>
    /// <exception cref="LoadTestException">A task did not run and finish.</exception>
    public async Task<IReadOnlyList<double>> RunAsync(int tasks, CancellationToken cancel)
    {
        var took = new List<double>();
        Offer? held = null;
        var launched = 0;
        var began = 0L;
        var isOpen = false;
        await foreach (var happened in _client.RunAsync(cancel))
        {
            switch (happened)
            {
                case SchedulerEvent.Offered offered:
                    held = offered.Offers[0];
                    break;
                case SchedulerEvent.Updated { Status.State: TaskState.TaskRunning }:
                    took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                    break;
                case SchedulerEvent.Updated { Status.State: TaskState.TaskFinished }:
                    isOpen = false;
                    if (took.Count != launched)
                    {
                        throw new LoadTestException($"{launched} tasks finished, {took.Count} ran");
                    }

                    if (launched == tasks)
                    {
                        return took;
                    }

                    break;
                case SchedulerEvent.Updated { Status: { State: not (TaskState.TaskStarting or TaskState.TaskStaging) } wrong }:
                    throw new LoadTestException($"Task {wrong.TaskId.Value} ended as {wrong.State}: {wrong.Message}");
                case SchedulerEvent.CallFailed failed:
                    throw new LoadTestException($"{failed.Call.Type} was answered {failed.Answer.Status} {failed.Answer.Body}");
            }

            if (!isOpen && held is { } offer)
            {
                var task = new TaskInfo { Name = "latency", TaskId = new() { Value = $"t{launched++}" }, AgentId = offer.AgentId, Command = new() { Value = "true" } };
                task.Resources.AddRange(LoadFramework.Share(offer));
                (held, isOpen) = (null, true);
                began = Stopwatch.GetTimestamp();
                _client.Launch(offer, [task], TimeSpan.Zero);
            }
        }

        throw new LoadTestException("The subscription ended early");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
