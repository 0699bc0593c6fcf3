using System.Diagnostics;
using Tepui.Protocol.V1;
using Tepui.Sdk.Scheduler;

namespace Tepui.LoadTest.Frameworks;

/// <summary>Runs tasks that last, and times how long they are out of sight when the master is killed.</summary>
internal sealed class LastingFramework(Uri master) : IAsyncDisposable
{
    private readonly SchedulerClient _client = new(new SchedulerOptions { Masters = [master.Authority], Framework = LoadFramework.Info() });

    /// <summary>Launches the tasks, then kills the master again and again.</summary>
    /// <param name="tasks">Tasks that run.</param>
    /// <param name="rounds">How often the master is killed.</param>
    /// <param name="restart">Kills the master and starts it again.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Of each round: from the kill to the new subscription, and to the last task seen running again.</returns>
    /// <exception cref="LoadTestException">A task ended.</exception>
    public async Task<IReadOnlyList<(TimeSpan Subscribed, TimeSpan AllTasks)>> RunAsync(int tasks, int rounds, Action restart, CancellationToken cancel)
    {
        var took = new List<(TimeSpan, TimeSpan)>();
        var running = new HashSet<string>();
        var launched = 0;
        var killed = 0L;
        var subscribed = TimeSpan.Zero;
        var isBack = true;
        await foreach (var happened in _client.RunAsync(cancel))
        {
            switch (happened)
            {
                case SchedulerEvent.Subscribed { Again: true }:
                    subscribed = Stopwatch.GetElapsedTime(killed);
                    running.Clear();
                    isBack = true;
                    break;
                case SchedulerEvent.Offered offered when launched < tasks:
                    launched += Launch(offered.Offers[0], launched, tasks);
                    break;
                case SchedulerEvent.Offered offered:
                    _client.Decline(offered.Offers.Select(offer => Model.Identifiers.OfferId.From(offer.Id)), TimeSpan.FromHours(1));
                    break;
                case SchedulerEvent.Updated { Status: { State: TaskState.TaskRunning } status }:
                    running.Add(status.TaskId.Value);
                    break;
                case SchedulerEvent.Updated { Status: { State: not (TaskState.TaskStarting or TaskState.TaskStaging) } wrong }:
                    throw new LoadTestException($"Task {wrong.TaskId.Value} is {wrong.State}: {wrong.Message}");
            }

            if (isBack && running.Count == tasks && happened is SchedulerEvent.Updated)
            {
                if (killed != 0)
                {
                    took.Add((subscribed, Stopwatch.GetElapsedTime(killed)));
                }

                if (took.Count == rounds)
                {
                    return took;
                }

                // What the old master said last may still come in.
                isBack = false;
                killed = Stopwatch.GetTimestamp();
                restart();
            }
        }

        throw new LoadTestException("The subscription ended early");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private int Launch(Offer offer, int launched, int tasks)
    {
        var count = Math.Min(LoadFramework.Fitting(offer), tasks - launched);
        var share = LoadFramework.Share(offer).ToArray();
        _client.Launch(offer, Enumerable.Range(launched, count).Select(number => new TaskInfo
        {
            Name = "lasting",
            TaskId = new() { Value = $"t{number}" },
            AgentId = offer.AgentId,
            Command = new() { Value = "exec sleep 100000" },
            Resources = { share },
        }));
        return count;
    }
}
