using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tepui.Containers.Connection;
using Tepui.Containers.Fetching;
using Tepui.Containers.Native;
using Tepui.Containers.Probes;
using Tepui.Containers.Sandboxes;
using Tepui.Containers.Statistics;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Task = System.Threading.Tasks.Task;

namespace Tepui.Containers;

/// <summary>Starts, ends and watches the containers of one agent, through the supervisor, which it starts if none runs and which outlives it.</summary>
public sealed class Containerizer : IAsyncDisposable
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    private readonly ContainerizerOptions _options;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly Users _users;
    private readonly Fetcher _fetcher;
    private readonly LaunchPipeline _pipeline;
    private readonly ContainerBook _book;
    private readonly Prober _prober;
    private readonly ContainerUsage _usage;
    private readonly DiskMeter _disk;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _background = [];
    private int _isDisposed;
    private Task _reading = Task.CompletedTask;
    private SupervisorSession? _session;

    private Containerizer(ContainerizerOptions options, ILoggerFactory loggers, TimeProvider time)
    {
        _options = options;
        _log = loggers.CreateLogger<Containerizer>();
        _time = time;
        _users = new Users(time);
        _fetcher = new Fetcher(options, time);
        _book = new ContainerBook(_log, time);
        _pipeline = new LaunchPipeline(options, _users, _fetcher, _book.Ask, _book.Fail);
        _prober = new Prober(_book, _users, options.SwitchUser, time);
        _usage = new ContainerUsage(time);
        _disk = new DiskMeter(options.WorkDirectory, time);
    }

    /// <summary>Containers that were there before; filled once, by <see cref="ConnectAsync"/>. Checks of an earlier agent process are ended and not listed.</summary>
    public IReadOnlyList<RecoveredContainer> Recovered { get; private set; } = [];

    /// <summary>What becomes of containers, in order; for one reader.</summary>
    public ChannelReader<ContainerEvent> Events => _book.Events;

    /// <summary>The supervisor's process.</summary>
    internal int SupervisorPid => _book.SupervisorPid;

    /// <summary>Starts or finds the supervisor and takes over its containers; displaces another agent process connected to it.</summary>
    /// <exception cref="IOException">The supervisor could not be started or did not answer; the message says why.</exception>
    public static async Task<Containerizer> ConnectAsync(ContainerizerOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken cancel)
    {
        Directory.CreateDirectory(options.WorkDirectory);
        var containerizer = new Containerizer(options with { WorkDirectory = Path.GetFullPath(options.WorkDirectory) }, loggers, time);
        try
        {
            await containerizer.StartAsync(cancel);
            return containerizer;
        }
        catch
        {
            await containerizer.DisposeAsync();
            throw;
        }
    }

    /// <summary>The process of the supervisor of an agent's work directory, if one runs; neither it nor its agent notices.</summary>
    /// <exception cref="IOException">The supervisor's directory is not ours to use.</exception>
    public static Task<int?> FindSupervisorAsync(string workDirectory, CancellationToken cancel) =>
        new SupervisorHost(new ContainerizerOptions { WorkDirectory = workDirectory }, NullLogger.Instance, TimeProvider.System).FindAsync(cancel);

    /// <summary>Makes the sandbox, fetches the URIs, starts the process. Returns at once; answered by <see cref="ContainerEvent.Started"/> or <see cref="ContainerEvent.StartFailed"/>.</summary>
    public void Launch(ContainerLaunch launch)
    {
        var absolute = launch with { SandboxDirectory = Path.GetFullPath(launch.SandboxDirectory) };
        if (_book.Begin(launch.Id, absolute.SandboxDirectory) is { } container)
        {
            _pipeline.Begin(container, absolute);
        }
    }

    /// <summary>SIGTERM to all of the container's processes, SIGKILL after the grace; a second call can only shorten. A start under way is cancelled and answered by <see cref="ContainerEvent.StartFailed"/>. An unknown container is ignored.</summary>
    public void Kill(ContainerId container, TimeSpan grace) => _book.Kill(container, grace);

    /// <summary>Drops what is kept about an ended container.</summary>
    public void Forget(ContainerId container) => _book.Forget(container);

    /// <summary>Makes a sandbox for the user, with an empty <c>stdout</c> and <c>stderr</c>, and the <c>latest</c> link beside it.</summary>
    /// <exception cref="IOException">It could not be made; the message names the directory and the cause.</exception>
    public Task MakeSandboxAsync(string directory, string? user) =>
        Task.Run(() => Sandbox.Make(Path.GetFullPath(directory), _options.SwitchUser ? user : null, _users));

    /// <summary>Deletes a sandbox and its parents below the work directory that are empty then. What is missing already is fine.</summary>
    /// <exception cref="IOException">It could not be deleted, or is not below the work directory.</exception>
    public Task RemoveSandboxAsync(string directory) => Task.Run(() => Sandbox.Remove(directory, _options.WorkDirectory));

    /// <summary>Runs one check once; never throws for what the check finds.</summary>
    public Task<ProbeOutcome> ProbeAsync(ProbeRequest request, CancellationToken cancel) => _prober.RunAsync(request, cancel);

    /// <summary>What all containers use together: cores busy since the last call, resident memory, sandboxes on disk as last measured (every few minutes, beside).</summary>
    public AgentFrame.Types.Usage SampleUsage() => _usage.Sample(_book.RunningPids(), _book.SupervisorPid, _disk.SandboxBytes);

    /// <summary>What one running container uses now; <see langword="null"/> for one that does not run.</summary>
    public ResourceStatistics? Statistics(ContainerId container) => _book.PidOf(container) is { } pid ? _usage.Of(pid) : null;

    /// <summary>Share of the work directory's filesystem that is full, 0 to 1.</summary>
    public double DiskUsedShare() => _disk.UsedShare();

    /// <summary>Ends the supervisor, for when nothing runs any more. Containers that do run go on without one, and the next supervisor follows them.</summary>
    /// <exception cref="TimeoutException">It did not end within 5 s.</exception>
    public async Task EndSupervisorAsync(CancellationToken cancel)
    {
        _session?.End();
        await _reading.WaitAsync(EndTimeout, _time, cancel);
    }

    /// <summary>Lets go of the supervisor; containers and supervisor go on.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _stop.CancelAsync();
        _book.Close();
        await Task.WhenAll(_background);
        await _pipeline.DisposeAsync();
        _prober.Dispose();
        _fetcher.Dispose();
        _stop.Dispose();
    }

    private async Task StartAsync(CancellationToken cancel)
    {
        var host = new SupervisorHost(_options, _log, _time);
        _session = new SupervisorSession(host, _book, _log, _time);
        Recovered = await _session.OpenAsync(cancel);
        _reading = Task.Run(() => _session.RunAsync(_stop.Token), CancellationToken.None);
        _background.Add(_reading);
        if (_options.LogSizeMax > 0)
        {
            _background.Add(Task.Run(() => RotateAsync(_stop.Token), CancellationToken.None));
        }
    }

    private async Task RotateAsync(CancellationToken stop)
    {
        var rotation = new LogRotation(_options.LogSizeMax, _options.LogRotationsMax);
        using var timer = new PeriodicTimer(_options.LogCheckInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                foreach (var sandbox in _book.RunningSandboxes())
                {
                    Rotate(rotation, sandbox);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The containerizer is being disposed.
        }
    }

    private void Rotate(LogRotation rotation, string sandbox)
    {
        try
        {
            rotation.Look(sandbox);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _log.LogsNotRotated(sandbox, failure.Message);
        }
    }
}
