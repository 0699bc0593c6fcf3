using System.Collections.Concurrent;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Sdk.Offers;
using Tepui.Sdk.Scheduler;
using Kind = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;

namespace Tepui.Agent.Tests.Fixtures;

/// <summary>A framework that launches what a test says on the next offer, and keeps the updates of each task.</summary>
internal sealed class TestFramework : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Action<RemainingOffer>> _launches = new();
    private readonly ConcurrentDictionary<string, List<TaskStatus>> _updates = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _messages = new();
    private readonly ConcurrentDictionary<string, ExecutorInfo> _executors = new(StringComparer.Ordinal);
    private Task _running = Task.CompletedTask;

    private TestFramework(SchedulerClient client) => Client = client;

    public SchedulerClient Client { get; }

    public IEnumerable<string> Messages => _messages;

    /// <summary>An executor as it was launched.</summary>
    public ExecutorInfo Launched(string executor) => _executors[executor];

    public static async Task<TestFramework> StartAsync(Cluster cluster, bool checkpoint = true)
    {
        var info = new FrameworkInfo { Name = "holder", User = System.Environment.UserName, Roles = { "hr" }, Checkpoint = checkpoint, FailoverTimeout = 60, Hostname = "holder.local", Principal = "hp", WebuiUrl = "http://holder.local/" };
        info.Labels = new() { Labels_ = { new Label { Key = "a", Value = "b" }, new Label { Key = "novalue" } } };
        info.Capabilities.Add(new FrameworkInfo.Types.Capability { Type = Kind.MultiRole });
        info.Capabilities.Add(new FrameworkInfo.Types.Capability { Type = Kind.PartitionAware });
        info.Capabilities.Add(new FrameworkInfo.Types.Capability { Type = Kind.ReservationRefinement });
        var framework = new TestFramework(new(new() { Masters = [cluster.MasterAddress], Framework = info }));
        framework._running = Task.Run(framework.RunAsync);
        await Wait.UntilAsync(() => framework.Client.IsSubscribed, () => "the framework is subscribed");
        return framework;
    }

    public void Launch(TaskInfo task, double cpus = 0.1, double mem = 32) => _launches.Enqueue(left =>
    {
        Fill(left, task, cpus, mem);
        Client.Launch(left.Offer, [task], TimeSpan.Zero);
    });

    public void LaunchGroup(ExecutorInfo executor, params TaskInfo[] tasks) => _launches.Enqueue(left =>
    {
        Assert.True(left.TryTake(new(0.1, 32, 32), out var resources));
        executor.Resources.Add(resources);
        foreach (var task in tasks)
        {
            Fill(left, task, 0.1, 32);
        }

        Client.LaunchGroup(left.Offer, executor, tasks, TimeSpan.Zero);
    });

    public void LaunchWithExecutor(ExecutorInfo executor, params TaskInfo[] tasks) => _launches.Enqueue(left =>
    {
        if (executor.Resources.Count == 0)
        {
            Assert.True(left.TryTake(new(0.1, 64), out var resources));
            executor.Resources.Add(resources);
        }

        foreach (var task in tasks)
        {
            Fill(left, task, 0.1, 32);
            task.Executor = executor;
        }

        _executors[executor.ExecutorId.Value] = executor;

        Client.Launch(left.Offer, tasks, TimeSpan.Zero);
    });

    public IReadOnlyList<TaskStatus> Updates(string task)
    {
        var updates = _updates.GetOrAdd(task, _ => []);
        lock (updates)
        {
            return [.. updates];
        }
    }

    public async Task<TaskStatus> UntilAsync(string task, TaskState state)
    {
        await Wait.UntilAsync(
            () => Updates(task).Any(status => status.State == state),
            () => $"{task} is {state}; it was {string.Join(", ", Updates(task).Select(status => $"{status.State} ({status.Message})"))}");
        return Updates(task).First(status => status.State == state);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        await Client.DisposeAsync();
        _stop.Dispose();
    }

    private static void Fill(RemainingOffer left, TaskInfo task, double cpus, double mem)
    {
        Assert.True(left.TryTake(new(cpus, mem), out var resources), $"{task.TaskId.Value} does not fit what is left of the offer: {left.Cpus} cpus, {left.MemMb} MB");
        task.AgentId = left.Offer.AgentId;
        task.Resources.Add(resources);
    }

    private async Task RunAsync()
    {
        await foreach (var happened in Client.RunAsync(_stop.Token))
        {
            switch (happened)
            {
                case SchedulerEvent.Offered offered:
                    foreach (var offer in offered.Offers)
                    {
                        Use(offer);
                    }

                    break;
                case SchedulerEvent.Updated update:
                    var updates = _updates.GetOrAdd(update.Task.Value, _ => []);
                    lock (updates)
                    {
                        updates.Add(update.Status);
                    }

                    break;
                case SchedulerEvent.MessageReceived message:
                    _messages.Enqueue(message.Data.ToStringUtf8());
                    break;
            }
        }
    }

    private void Use(Offer offer)
    {
        if (_launches.TryDequeue(out var launch))
        {
            launch(new(offer));
        }
        else
        {
            Client.Decline([OfferId.From(offer.Id)], TimeSpan.FromMilliseconds(100));
        }
    }
}
