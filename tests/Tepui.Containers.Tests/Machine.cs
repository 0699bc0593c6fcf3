using Microsoft.Extensions.Logging.Abstractions;
using Tepui.Containers.Connection;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Task = System.Threading.Tasks.Task;

namespace Tepui.Containers.Tests;

/// <summary>A work directory with a real supervisor, and the agent's side of it, which can be let go of and connected again.</summary>
public sealed class Machine : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly Lock _gate = new();
    private readonly List<ContainerEvent> _events = [];
    private TaskCompletionSource _changed = NewSource();
    private Task _pump = Task.CompletedTask;
    private int _counter;

    private Machine(ContainerizerOptions options) => Options = options;

    public ContainerizerOptions Options { get; set; }

    public Containerizer Agent { get; private set; } = null!;

    public string Work => Options.WorkDirectory;

    public static async Task<Machine> StartAsync(Func<ContainerizerOptions, ContainerizerOptions>? change = null)
    {
        var options = new ContainerizerOptions
        {
            WorkDirectory = Directory.CreateTempSubdirectory("tepui-containers-").FullName,
            SupervisorCommand = TestSupervisor.Command,
            SupervisorStartTimeout = Limit,
        };
        var machine = new Machine(change?.Invoke(options) ?? options);
        Directory.CreateDirectory(machine.Work);

        // Other users must reach their sandboxes.
        File.SetUnixFileMode(machine.Work, (UnixFileMode)0b111_101_101);
        if (machine.Work != options.WorkDirectory)
        {
            Directory.Delete(options.WorkDirectory);
        }

        try
        {
            await machine.ConnectAsync();
            return machine;
        }
        catch
        {
            Directory.Delete(machine.Work, recursive: true);
            throw;
        }
    }

    public async Task ConnectAsync()
    {
        Agent = await Containerizer.ConnectAsync(Options, NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);
        _pump = PumpAsync(Agent);
    }

    public async Task DisconnectAsync()
    {
        await Agent.DisposeAsync();
        await _pump;
    }

    public string SandboxOf(ContainerId id) => Path.Combine(Work, "slaves", "S", "frameworks", "F", "executors", "E" + id, "runs", id.ToString());

    public ContainerId NewId() => new($"c{Interlocked.Increment(ref _counter)}-{Guid.NewGuid():N}");

    public ContainerLaunch Shell(string command, string? user = null, ContainerInfo? container = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var id = NewId();
        return new()
        {
            Id = id,
            Command = new() { Value = command },
            Environment = environment ?? new Dictionary<string, string> { ["MESOS_SANDBOX"] = SandboxOf(id) },
            User = user,
            Container = container,
            SandboxDirectory = SandboxOf(id),
        };
    }

    public ContainerLaunch Program(string program, params string[] arguments)
    {
        var launch = Shell("");
        launch.Command.Shell = false;
        launch.Command.Value = program;
        launch.Command.Arguments.Add(arguments);
        return launch;
    }

    /// <summary>Runs to the end; gives the raw wait status.</summary>
    public async Task<int?> RunAsync(ContainerLaunch launch)
    {
        Agent.Launch(launch);
        return (await WaitAsync<ContainerEvent.Exited>(launch.Id)).WaitStatus;
    }

    public async Task<int> StartAsync(ContainerLaunch launch)
    {
        Agent.Launch(launch);
        return (await WaitAsync<ContainerEvent.Started>(launch.Id)).Pid;
    }

    public static string Output(ContainerLaunch launch, string file = "stdout") => File.ReadAllText(Path.Combine(launch.SandboxDirectory, file));

    /// <summary>Waits until the file in the sandbox has text.</summary>
    public static async Task<string> OutputAsync(ContainerLaunch launch, string file = "stdout")
    {
        var path = Path.Combine(launch.SandboxDirectory, file);
        await Eventually.TrueAsync(() => File.Exists(path) && File.ReadAllText(path).EndsWith('\n'), $"{path} never got a line");
        return File.ReadAllText(path);
    }

    public async Task<T> WaitAsync<T>(ContainerId id)
        where T : ContainerEvent
    {
        var end = DateTime.UtcNow + Limit;
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                var found = _events.Where(e => e.Container == id).ToList();
                if (found.OfType<T>().FirstOrDefault() is { } wanted)
                {
                    return wanted;
                }

                if (found.FirstOrDefault(static e => e is ContainerEvent.StartFailed or ContainerEvent.Exited) is { } other)
                {
                    throw new InvalidOperationException($"Waited for {typeof(T).Name}, got {other}");
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(end - DateTime.UtcNow > TimeSpan.Zero ? end - DateTime.UtcNow : TimeSpan.Zero);
        }
    }

    public IReadOnlyList<ContainerEvent> EventsOf(ContainerId id)
    {
        lock (_gate)
        {
            return [.. _events.Where(e => e.Container == id)];
        }
    }

    public int SupervisorPid() => Agent.SupervisorPid;

    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync();
        var socket = Path.Combine(Work, "supervisor", "socket");
        if (Options.StateDirectory is null && await SupervisorLink.TryConnectAsync(socket, CancellationToken.None) is { } link)
        {
            await using (link)
            {
                await ShutDownAsync(link);
            }
        }

        await TemporaryDirectory.RemoveAsync(Work);
    }

    private static async Task ShutDownAsync(SupervisorLink link)
    {
        using var limit = new CancellationTokenSource(Limit);
        link.Send(new() { Hello = new() { Build = "test" } });
        var running = new HashSet<string>();
        while (await link.ReadAsync(limit.Token) is { } message)
        {
            foreach (var container in message.Welcome?.Containers ?? [])
            {
                if (container.Running)
                {
                    running.Add(container.Id);
                    link.Send(new() { Kill = new() { Id = container.Id, GraceMs = 0 } });
                }
            }

            if (message.Exited is { } exited)
            {
                running.Remove(exited.Id);
            }

            if (running.Count == 0)
            {
                link.Send(new() { Shutdown = new() });
            }
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task PumpAsync(Containerizer agent)
    {
        await foreach (var what in agent.Events.ReadAllAsync())
        {
            TaskCompletionSource changed;
            lock (_gate)
            {
                _events.Add(what);
                (changed, _changed) = (_changed, NewSource());
            }

            changed.SetResult();
        }
    }
}
