using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tepui.Agent.Checkpoints;
using Tepui.Agent.Core;
using Tepui.Agent.Machine;
using Tepui.Containers;
using Tepui.Coordination;
using Tepui.Runtime.Files;
using Tepui.Runtime.Hosting;
using Tepui.Runtime.Http;
using Tepui.Runtime.Mailboxes;

namespace Tepui.Agent;

/// <summary>A running agent: finds what it left behind, takes over its containers, listens, and keeps a link to the leading master.</summary>
public sealed class AgentHost : IAsyncDisposable
{
    private static readonly TimeSpan DiskWatchLeast = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan DiskWatchMost = TimeSpan.FromDays(40);
    private readonly AgentSettings _settings;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _stoppingLoop = new();
    private readonly TaskCompletionSource<AgentEnd> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CheckpointStore? _checkpoints;
    private Task<Containerizer>? _connecting;
    private Containerizer? _containerizer;
    private TepuiHost? _http;
    private AgentShell? _shell;
    private Task _running = Task.CompletedTask;
    private Task _runningLoop = Task.CompletedTask;
    private int _stops;

    private AgentHost(AgentSettings settings)
    {
        _settings = settings;
        _logger = (settings.Logs ?? NullLoggerFactory.Instance).CreateLogger("Tepui.Agent");
    }

    /// <summary>Where clients on this machine reach it.</summary>
    public Uri Address => _http!.Uri;

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint => _http!.Endpoint;

    /// <summary>Ends when the agent has come to its end by itself: it left, was told to by the master, or failed.</summary>
    public Task<AgentEnd> Completion => _completion.Task;

    /// <summary>Starts an agent. It serves when this returns; it looks for its master meanwhile.</summary>
    /// <exception cref="StartupException">It cannot start; the message says why and what to do.</exception>
    public static async Task<AgentHost> StartAsync(AgentSettings settings, CancellationToken cancel = default)
    {
        var host = new AgentHost(settings with { WorkDirectory = Path.GetFullPath(settings.WorkDirectory) });
        try
        {
            await host.StartAsync(cancel);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether a master has admitted this agent and the link to it is open.</summary>
    public async Task<bool> IsRegisteredAsync(CancellationToken cancel = default) => (await _shell!.Loop.ViewAsync(cancel)).Registered;

    /// <summary>Leaves for good: tasks are killed, the master is told, the next start is that of a new agent. Ends when it is done; then stop.</summary>
    public Task<AgentEnd> LeaveAsync(CancellationToken cancel = default) => EndAsync(new AgentInput.Leave(), cancel);

    /// <summary>Ends the tasks, each by its kill policy, and takes no new one. The agent keeps its id: the next start is the same agent. Ends when nothing runs any more; then stop.</summary>
    /// <param name="hurry">Ends the wait; what still runs goes on under the supervisor.</param>
    /// <exception cref="OperationCanceledException">In a hurry.</exception>
    public async Task<AgentEnd> DrainAsync(CancellationToken hurry = default)
    {
        var end = await EndAsync(new AgentInput.Drain(), hurry);
        try
        {
            await _containerizer!.EndSupervisorAsync(hurry);
        }
        catch (TimeoutException)
        {
            // It ends by itself when nobody has needed it for a while.
            _logger.SupervisorStays();
        }

        return end;
    }

    /// <summary>Waits until a master has admitted this agent.</summary>
    public async Task RegisteredAsync(CancellationToken cancel = default)
    {
        while (!await IsRegisteredAsync(cancel))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), _settings.Time, cancel);
        }
    }

    /// <summary>Stops this process's part of the agent. Tasks go on under the supervisor, and the next start finds them.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stops, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _running;
        if (_http is { } http)
        {
            await http.DisposeAsync();
        }

        await _stoppingLoop.CancelAsync();
        await _runningLoop;
        if (_connecting is { } connecting)
        {
            await DisconnectAsync(connecting);
        }

        if (_checkpoints is { } checkpoints)
        {
            await checkpoints.DisposeAsync();
        }

        _completion.TrySetResult(new(ExitCode.Ok, "stopped as asked"));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
        _stoppingLoop.Dispose();
    }

    private async Task<AgentEnd> EndAsync(AgentInput order, CancellationToken cancel)
    {
        await _shell!.Loop.PostAsync(order, cancel);
        return await Completion.WaitAsync(cancel);
    }

    private async Task StartAsync(CancellationToken cancel)
    {
        var started = _settings.Time.GetTimestamp();
        var info = AgentInfos.Create(_settings);
        _checkpoints = CheckpointStore.Open(_settings.WorkDirectory);
        var entries = _checkpoints.Load();
        var identified = HostIdentity.FindAsync(_settings);
        _connecting = ConnectAsync(cancel);

        // The port is known only once it listens, and the agent's info holds it: until then requests are told to come back.
        _http = await TepuiHost.StartAsync(
            new TepuiHostOptions
            {
                Name = "agent",
                Address = _settings.Ip ?? IPAddress.Any,
                Port = _settings.Port,
                Logs = _settings.Logs,
                Endpoints = app => app.Use(ServeAsync),
            },
            new MesosRouter($"slave({_settings.Instance})"),
            cancel);
        var host = await identified;
        _containerizer = await _connecting;

        info.Port = _settings.AdvertisePort ?? _http.Port;
        info.Hostname = host.Hostname;
        var effects = new List<AgentEffect>();
        var now = _settings.Time.GetUtcNow();
        var supervised = _containerizer.Recovered.Select(found => new SupervisedContainer(found.Id, found.Pid, found.Running, found.WaitStatus) { EndedAt = found.EndedAt }).ToArray();
        var core = new AgentCore(AgentInfos.Options(_settings, info, host.Ip), entries, supervised, now, effects);
        var took = _settings.Time.GetElapsedTime(started);
        _logger.AgentRecovered(entries.Count, supervised.Length, took);

        var identity = new AgentIdentity(
            host.Ip, info.Port, _settings.Instance, BuildInfo.Wire(), now, took, AgentSettingsFromFlags.Print(_settings, _http.Port), _settings.LogFile);
        _shell = AgentShell.Build(
            _settings, identity, core, _checkpoints, _containerizer, new VirtualFiles(), End, _logger, _stopping.Token);
        _runningLoop = Task.WhenAll(_shell.Containers.RunAsync(_shell.Loop.PostAsync, _stoppingLoop.Token), RunLoopAsync(_shell, effects));
        _running = Task.WhenAll(_shell.Links.RunAsync(_stopping.Token), WatchDiskAsync(_shell, _containerizer));
        _logger.AgentStarted(Address.ToString(), _settings.WorkDirectory, string.Join("; ", info.Resources.Select(resource => resource.Name)));
    }

    private async Task<Containerizer> ConnectAsync(CancellationToken cancel)
    {
        try
        {
            return await Containerizer.ConnectAsync(
                new ContainerizerOptions
                {
                    WorkDirectory = _settings.WorkDirectory,
                    SupervisorCommand = _settings.SupervisorCommand,
                    SwitchUser = _settings.SwitchUser,
                    FrameworksHome = _settings.FrameworksHome,
                    FetchStallTimeout = _settings.FetcherStallTimeout,
                },
                _settings.Logs ?? NullLoggerFactory.Instance,
                _settings.Time,
                cancel);
        }
        catch (IOException e)
        {
            throw new StartupException($"The agent cannot reach its supervisor: {e.Message}", ExitCode.Failure, e);
        }
    }

    /// <summary>Lets go of the supervisor, also when the start failed before the connection to it was made.</summary>
    private static async Task DisconnectAsync(Task<Containerizer> connecting)
    {
        await connecting.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (connecting.IsCompletedSuccessfully)
        {
            await connecting.Result.DisposeAsync();
        }
    }

    private Task ServeAsync(HttpContext context, RequestDelegate next) => _shell is { } shell
        ? shell.Routes.InvokeAsync(context, next)
        : Answer.TextAsync(context, StatusCodes.Status503ServiceUnavailable, "Agent has not finished recovery");

    private async Task RunLoopAsync(AgentShell shell, List<AgentEffect> first)
    {
        try
        {
            await Task.Yield();
            await shell.Loop.RunAsync(first, _stoppingLoop.Token);
        }
        catch (Exception e)
        {
            if (e is not StoreFailedException)
            {
                _logger.AgentFailed(e);
            }

            End(new(e is StoreFailedException ? ExitCode.StoreFailed : ExitCode.Internal, e.Message));
            await _stopping.CancelAsync();
        }
    }

    private async Task WatchDiskAsync(AgentShell shell, Containerizer containerizer)
    {
        var interval = TimeSpan.FromTicks(Math.Clamp(_settings.DiskWatchInterval.Ticks, DiskWatchLeast.Ticks, DiskWatchMost.Ticks));
        try
        {
            while (true)
            {
                await MeasureDiskAsync(shell, containerizer);
                await Task.Delay(interval, _settings.Time, _stopping.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or MailboxClosedException)
        {
            // The agent stops.
        }
    }

    private async Task MeasureDiskAsync(AgentShell shell, Containerizer containerizer)
    {
        try
        {
            var used = containerizer.DiskUsedShare();
            shell.Metrics.DiskMeasured(used);
            await shell.Loop.PostAsync(new AgentInput.DiskMeasured(used), _stopping.Token);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Sandboxes are kept as long as the last measure allows.
            _logger.DiskNotMeasured(_settings.WorkDirectory, e.Message);
        }
    }

    private void End(AgentEnd end)
    {
        // An end that nobody asked for is told at every level of the log: in a process with other parts it is the only word about why all of them stop.
        _logger.AgentStops(end.ExitCode == ExitCode.Ok ? LogLevel.Information : LogLevel.Critical, end.ExitCode, end.Reason);
        _completion.TrySetResult(end);
    }
}
