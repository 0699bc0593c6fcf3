using System.Globalization;
using Microsoft.Extensions.Logging;
using Tepui.Containers.Launchers.Process;
using Tepui.Containers.Native;
using Tepui.Protocol.Supervisor;

namespace Tepui.Containers.Connection;

/// <summary>Finds the supervisor of a state directory, starts it if there is none, and brings it to this build.</summary>
internal sealed class SupervisorHost
{
    private static readonly TimeSpan StartAgain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(10);

    /// <summary>The supervisor is mostly idle: a small heap, few threads and no diagnostics port keep it small.</summary>
    private static readonly string[] RuntimeSettings =
    [
        "DOTNET_gcServer=0", "DOTNET_gcConcurrent=0", "DOTNET_GCgen0size=0x100000", "DOTNET_GCConserveMemory=5", "DOTNET_EnableDiagnostics=0", "DOTNET_EnableWriteXorExecute=0", "DOTNET_TieredPGO=0", "MALLOC_ARENA_MAX=2",
    ];

    private readonly ContainerizerOptions _options;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly string _stateDirectory;
    private readonly string _socket;

    public SupervisorHost(ContainerizerOptions options, ILogger log, TimeProvider time)
    {
        _options = options;
        _log = log;
        _time = time;
        _stateDirectory = Path.GetFullPath(options.StateDirectory ?? Path.Combine(options.WorkDirectory, "supervisor"));
        _socket = Path.Combine(_stateDirectory, "socket");
    }

    /// <summary>A connection to a supervisor of this build, and what it knows.</summary>
    /// <exception cref="IOException">None could be started, or it did not answer in time; the message says why.</exception>
    public async Task<(SupervisorLink Link, SupervisorEvent.Types.Welcome Welcome)> ConnectAsync(CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_options.SupervisorStartTimeout);
        try
        {
            Directory.CreateDirectory(_stateDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var (link, welcome) = await OpenAsync(limit.Token);
            if (welcome.Build != _options.Build)
            {
                (link, welcome) = await UpgradeAsync(link, welcome, limit.Token);
            }

            return (link, welcome);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new IOException(
                $"The supervisor did not answer at '{_socket}' within {_options.SupervisorStartTimeout.TotalSeconds:0} s of its start as '{string.Join(' ', Command())}'. Its log ends with: {LogTail()}", late);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException($"Cannot use the supervisor's directory '{_stateDirectory}': {denied.Message}", denied);
        }
    }

    /// <summary>The process of the supervisor that listens there, if one does. It is not greeted, so an agent that is connected to it stays so.</summary>
    public async Task<int?> FindAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(_stateDirectory))
        {
            return null;
        }

        await using var link = await SupervisorLink.TryConnectAsync(_socket, cancel);
        return link?.PeerPid();
    }

    private async Task<(SupervisorLink, SupervisorEvent.Types.Welcome)> OpenAsync(CancellationToken cancel)
    {
        var started = long.MinValue;
        while (true)
        {
            if (await SupervisorLink.TryConnectAsync(_socket, cancel) is { } link)
            {
                if (await GreetAsync(link, cancel) is { } welcome)
                {
                    return (link, welcome);
                }

                await link.DisposeAsync();
            }
            else if (started == long.MinValue || _time.GetElapsedTime(started) > StartAgain)
            {
                // The one started may have met another that was just ending; a second start is harmless, for there is a lock.
                started = _time.GetTimestamp();
                await Task.Run(StartProcess, cancel);
            }

            await Task.Delay(Retry, _time, cancel);
        }
    }

    private async Task<SupervisorEvent.Types.Welcome?> GreetAsync(SupervisorLink link, CancellationToken cancel)
    {
        link.Send(new() { Hello = new() { Build = _options.Build } });
        try
        {
            while (await link.ReadAsync(cancel) is { } message)
            {
                if (message.Welcome is { } welcome)
                {
                    return welcome;
                }
            }

            return null;
        }
        catch (Exception)
        {
            await link.DisposeAsync();
            throw;
        }
    }

    /// <summary>An older supervisor, or a newer one after a downgrade, becomes our build in place. One that cannot is used as it is.</summary>
    private async Task<(SupervisorLink, SupervisorEvent.Types.Welcome)> UpgradeAsync(SupervisorLink link, SupervisorEvent.Types.Welcome welcome, CancellationToken cancel)
    {
        _log.UpgradesSupervisor(welcome.Pid, welcome.Build, _options.Build);
        var upgrade = new SupervisorRequest.Types.Upgrade();
        upgrade.Command.Add(Command());
        link.Send(new() { Upgrade = upgrade });
        while (await link.ReadAsync(cancel) is { } message)
        {
            if (message.UpgradeFailed is { } failed)
            {
                _log.SupervisorNotUpgraded(failed.Message);
                return await AgainAsync(link, cancel);
            }
        }

        return await AgainAsync(link, cancel);
    }

    /// <summary>Events that came in meanwhile were dropped: a new connection begins with all of them.</summary>
    private async Task<(SupervisorLink, SupervisorEvent.Types.Welcome)> AgainAsync(SupervisorLink old, CancellationToken cancel)
    {
        await old.DisposeAsync();
        return await OpenAsync(cancel);
    }

    /// <summary>Started through a shell that ends at once, so that the supervisor is nobody's child whom we would have to wait for.</summary>
    private void StartProcess()
    {
        var output = Path.Combine(_stateDirectory, "supervisor.log");
        var launch = new SupervisorRequest.Types.Launch
        {
            Id = "supervisor",
            Program = "/bin/sh",
            Directory = "/",
            Output = output,
            Error = output,
        };
        launch.Arguments.Add(["sh", "-c", "\"$@\" &", "sh", .. Command(), "supervisor", "--socket", _socket, "--state", _stateDirectory]);
        launch.Environment.Add(Environment());
        _log.StartsSupervisor(_stateDirectory);
        var pid = ProcessLauncher.Start(launch, out var problem);
        if (pid == 0)
        {
            throw new IOException($"Failed to start the supervisor: {problem}");
        }

        Wait(pid);
    }

    private static unsafe void Wait(int pid)
    {
        Libc.SignalInfo info = default;
        while (Libc.WaitId(Libc.WaitPid, (uint)pid, &info, Libc.WExited, null) != 0
            && System.Runtime.InteropServices.Marshal.GetLastPInvokeError() == Libc.ErrInterrupted)
        {
        }
    }

    private IReadOnlyList<string> Command()
    {
        if (_options.SupervisorCommand is { Count: > 0 } command)
        {
            return command;
        }

        var program = System.Environment.ProcessPath ?? throw new IOException("The path of the running program is not known; name the supervisor's command");
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, Path.GetFullPath(System.Environment.GetCommandLineArgs()[0])] : [program];
    }

    private static List<string> Environment()
    {
        List<string> variables = [.. RuntimeSettings];
        foreach (System.Collections.DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (name is "PATH" or "HOME" or "TMPDIR" or "LANG" or "LD_LIBRARY_PATH" || (name.StartsWith("DOTNET_", StringComparison.Ordinal) && !RuntimeSettings.Any(set => set.StartsWith(name + "=", StringComparison.Ordinal))))
            {
                variables.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={variable.Value}"));
            }
        }

        return variables;
    }

    private string LogTail()
    {
        var path = Path.Combine(_stateDirectory, "supervisor.log");
        return File.Exists(path) && File.ReadLines(path).LastOrDefault() is { } line ? line : "(nothing)";
    }
}
