using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Tepui.Agent;
using Tepui.Master;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Sdk.Offers;
using Tepui.Sdk.Scheduler;
using TaskStatus = Tepui.Protocol.V1.TaskStatus;

namespace Tepui.Compatibility.Tests.Live;

/// <summary>A master and an agent that have seen one task finish, two fail and one still run: enough for every call and metric to show itself.</summary>
public sealed class LiveCluster : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _directory = Directory.CreateTempSubdirectory("tepui-compatibility-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<TaskInfo> _waiting = new([Shell("ends", "true"), Shell("fails", "exit 3"), Shell("stays", "sleep 1000"), Unfetchable()]);
    private readonly ConcurrentQueue<TaskStatus> _updates = new();
    private SchedulerClient? _framework;
    private Task _running = Task.CompletedTask;

    internal MasterHost Master { get; private set; } = null!;

    internal AgentHost Agent { get; private set; } = null!;

    internal HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience };

    internal string AgentId { get; private set; } = "";

    /// <summary>Container of the task that stays.</summary>
    internal string ContainerId { get; private set; } = "";

    public async Task InitializeAsync()
    {
        // Tasks may run as other users, who must reach their sandboxes.
        File.SetUnixFileMode(_directory, (UnixFileMode)0b111_101_101);
        Master = await MasterHost.StartAsync(new MasterSettings { Port = 0, WorkDirectory = Path.Combine(_directory, "master"), Durable = false });
        Agent = await AgentHost.StartAsync(new AgentSettings
        {
            Master = $"127.0.0.1:{Master.Endpoint.Port}",
            WorkDirectory = Path.Combine(_directory, "agent"),
            Ip = IPAddress.Loopback,
            Port = 0,
            Resources = "cpus:8;mem:8192;disk:20000;ports:[31000-32000]",
            SupervisorCommand = TestSupervisor.Command,
        });
        await UntilAsync(() => Agent.IsRegisteredAsync(), "the agent is registered");
        AgentId = (await ReadAsync(Master.Address, "slaves")).GetProperty("slaves")[0].GetProperty("id").GetString()!;

        _framework = new SchedulerClient(new()
        {
            Masters = [$"127.0.0.1:{Master.Endpoint.Port}"],
            Framework = new FrameworkInfo { Name = "live", User = System.Environment.UserName, Roles = { "live" }, Principal = "live", Capabilities = { new FrameworkInfo.Types.Capability { Type = FrameworkInfo.Types.Capability.Types.Type.MultiRole } } },
        });
        _running = Task.Run(RunAsync);
        await UntilAsync(
            () => Task.FromResult(Seen("ends", TaskState.TaskFinished) && Seen("fails", TaskState.TaskFailed) && Seen("unfetchable", TaskState.TaskFailed) && Seen("stays", TaskState.TaskRunning)),
            "the tasks have come to their states");
        ContainerId = (await ReadAsync(Agent.Address, "containers")).EnumerateArray().First().GetProperty("container_id").GetString()!;
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        if (_framework is { } framework)
        {
            await framework.DisposeAsync();
        }

        await Agent.DisposeAsync();
        await Master.DisposeAsync();
        TestSupervisor.End(_directory);
        await TemporaryDirectory.RemoveAsync(_directory);
    }

    public void Dispose()
    {
        Http.Dispose();
        _stop.Dispose();
    }

    internal async Task<JsonElement> ReadAsync(Uri host, string path)
    {
        using var document = JsonDocument.Parse(await Http.GetStringAsync(new Uri(host, path)));
        return document.RootElement.Clone();
    }

    private static TaskInfo Shell(string id, string command) => new() { Name = id, TaskId = new() { Value = id }, Command = new() { Value = command } };

    /// <summary>Fails with a reason, which metrics count.</summary>
    private static TaskInfo Unfetchable()
    {
        var task = Shell("unfetchable", "true");
        task.Command.Uris.Add(new CommandInfo.Types.URI { Value = "file:///nosuch/file" });
        return task;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"Within {Patience} this did not happen: {what}");
            await Task.Delay(10);
        }
    }

    private bool Seen(string task, TaskState state) => _updates.Any(status => status.TaskId.Value == task && status.State == state);

    private async Task RunAsync()
    {
        await foreach (var happened in _framework!.RunAsync(_stop.Token))
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
                    _updates.Enqueue(update.Status);
                    break;
            }
        }
    }

    private void Use(Offer offer)
    {
        if (_waiting.IsEmpty)
        {
            _framework!.Decline([OfferId.From(offer.Id)], TimeSpan.FromHours(1));
            return;
        }

        var left = new RemainingOffer(offer);
        var tasks = new List<TaskInfo>();
        while (_waiting.TryDequeue(out var task))
        {
            Assert.True(left.TryTake(new(0.1, 32), out var resources));
            task.AgentId = offer.AgentId;
            task.Resources.Add(resources);
            tasks.Add(task);
        }

        _framework!.Launch(offer, tasks, TimeSpan.Zero);
    }
}
