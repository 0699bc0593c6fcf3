using System.Net.Sockets;
using Tepui.Containers.Native;

namespace Tepui.Containers.Supervisor;

/// <summary>The supervisor: a small process, one per agent, that is the parent of all containers and outlives the agent. Plain threads and plain sockets keep it small.</summary>
public static class SupervisorMain
{
    /// <summary>Exit code for wrong arguments.</summary>
    public const int ExitUsage = 2;

    /// <summary>Exit code when the socket, the log or the directory cannot be used.</summary>
    public const int ExitInput = 3;

    /// <summary>Exit code when another supervisor runs for this directory.</summary>
    public const int ExitTaken = 4;

    /// <summary>Exit code for a bug of ours.</summary>
    public const int ExitInternal = 70;

    private const int LockExclusiveNow = 2 | 4;

    /// <summary>Runs until told to stop or idle for long. Meant to be called before anything large is loaded.</summary>
    /// <param name="arguments">What follows the command's name: <c>--socket S --state DIR</c>.</param>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        if (SupervisorOptions.Parse(arguments, out var problem) is not { } options)
        {
            Threads.Report($"Wrong arguments for the supervisor: {problem}");
            return Task.FromResult(ExitUsage);
        }

        try
        {
            return Task.FromResult(Run(options));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or SocketException)
        {
            Threads.Report($"The supervisor stops: {failure.Message}");
            return Task.FromResult(ExitInput);
        }
    }

    private static int Run(SupervisorOptions options)
    {
        Directory.CreateDirectory(options.StateDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var lockHandle = Lock(options);
        if (lockHandle < 0)
        {
            Threads.Report($"Another supervisor runs for '{options.StateDirectory}'");
            return ExitTaken;
        }

        Detach(options);
        var bootId = ProcFile.BootId();
        var logPath = Path.Combine(options.StateDirectory, "containers.log");
        var table = new ContainerTable();
        List<Container> survivors = [];
        List<Container> ending = [];
        Recovery.Recover(table, ContainerLog.Read(logPath), bootId, survivors, ending);
        using var log = ContainerLog.Create(logPath, table.Records(bootId));

        var upgrade = new Upgrade(table, options, lockHandle);
        var recorder = new Recorder(table, log, bootId);
        var leftovers = new Leftovers(table);
        var reaper = new Reaper(table, recorder, leftovers);
        var killer = new Killer(table, recorder);
        var starts = new Mailbox<Container>();
        var spawner = new Spawner(table, recorder, starts, killer, reaper);
        upgrade.Use(spawner, recorder);

        recorder.Start();
        reaper.Start();
        killer.Start();
        spawner.Start();
        KillAgain(table, killer);
        new SurvivorWatch(table, recorder, leftovers).Start(survivors, ending);
        Threads.Report($"Supervises {table.Containers.Count} containers, of them {survivors.Count} started by a supervisor before; build {BuildId.Value}");
        return Serve(options, table, recorder, new Requests(table, recorder, starts, killer, upgrade));
    }

    private static int Serve(SupervisorOptions options, ContainerTable table, Recorder recorder, Requests requests)
    {
        using var path = new SocketPath(options.Socket);
        File.Delete(options.Socket);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(path.EndPoint);
        File.SetUnixFileMode(options.Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        listener.Listen(16);

        var look = TimeSpan.FromMilliseconds(Math.Min(options.IdleLimit.TotalMilliseconds, 10_000));
        var busySince = Environment.TickCount64;
        var starts = 0L;
        while (true)
        {
            starts = Tidy(table, starts);
            if (listener.Poll(look, SelectMode.SelectRead))
            {
                new AgentConnection(listener.Accept(), requests, recorder).Start();
                busySince = Environment.TickCount64;
            }
            else if (recorder.HasAgent || AnyRuns(table))
            {
                busySince = Environment.TickCount64;
            }
            else if (Environment.TickCount64 - busySince >= options.IdleLimit.TotalMilliseconds)
            {
                Threads.Report($"Ends: no container and no agent for {options.IdleLimit}");
                return 0;
            }
        }
    }

    /// <summary>After a burst of starts, memory is given back to the system.</summary>
    /// <returns>Starts up to now.</returns>
    private static long Tidy(ContainerTable table, long before)
    {
        long now;
        lock (table.Gate)
        {
            now = table.Starts;
        }

        if (now != before)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        return now;
    }

    private static bool AnyRuns(ContainerTable table)
    {
        lock (table.Gate)
        {
            return table.Containers.Values.Any(static container => container.Stage != ContainerStage.Ended);
        }
    }

    /// <summary>A grace that began under the supervisor before goes on.</summary>
    private static void KillAgain(ContainerTable table, Killer killer)
    {
        lock (table.Gate)
        {
            foreach (var container in table.Containers.Values)
            {
                if (container is { Stage: ContainerStage.Running, KillDeadline: not long.MaxValue })
                {
                    killer.Started(container);
                }
            }
        }
    }

    /// <summary>One supervisor per directory; the lock goes when the process does.</summary>
    private static int Lock(SupervisorOptions options)
    {
        if (options.LockHandle >= 0)
        {
            _ = Libc.Fcntl(options.LockHandle, 2, 1);
            return options.LockHandle;
        }

        var path = Path.Combine(options.StateDirectory, "lock");
        var handle = Libc.Open(path, Libc.OReadWrite | Libc.OCreate | Libc.OCloseOnExec, 0b110_000_000);
        if (handle < 0)
        {
            throw new IOException($"Failed to open '{path}': {Libc.LastText()}");
        }

        return Libc.Flock(handle, LockExclusiveNow) == 0 ? handle : -1;
    }

    /// <summary>Own session, no terminal, no directory held, output to a file of its own; orphans of our containers become our children.</summary>
    private static void Detach(SupervisorOptions options)
    {
        _ = Libc.SetSid();
        Environment.CurrentDirectory = "/";
        var output = Path.Combine(options.StateDirectory, "supervisor.log");
        var file = Libc.Open(output, Libc.OWriteOnly | Libc.OAppend | Libc.OCreate | Libc.OCloseOnExec, 0b110_100_000);
        if (file < 0)
        {
            throw new IOException($"Failed to open '{output}': {Libc.LastText()}");
        }

        var empty = Libc.Open("/dev/null", Libc.OReadOnly | Libc.OCloseOnExec, 0);
        _ = Libc.Dup2(empty, 0);
        _ = Libc.Dup2(file, 1);
        _ = Libc.Dup2(file, 2);
        _ = Libc.Close(empty);
        _ = Libc.Close(file);
        if (Libc.Prctl(Libc.PrSetChildSubreaper, 1, 0, 0, 0) != 0)
        {
            throw new IOException($"Failed to become the subreaper: {Libc.LastText()}");
        }
    }
}
