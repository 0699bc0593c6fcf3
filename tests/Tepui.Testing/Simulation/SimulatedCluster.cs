using System.Text;
using Tepui.Testing.Simulation.Checks;
using Tepui.Testing.Simulation.Processes;

namespace Tepui.Testing.Simulation;

/// <summary>
/// A whole pool on virtual time, drawn from one seed: real cores, simulated disks, supervisors, schedulers and network. Promises are checked after every step.
/// The same seed gives the same course.
/// </summary>
public sealed class SimulatedCluster
{
    private readonly List<MasterProcess> _masters = [];
    private readonly Disk _registry = new();
    private long _numbers;
    private ulong _epochs;

    private SimulatedCluster(World world)
    {
        World = world;
        Promises = new(_registry);
        Agents = [.. Enumerable.Range(1, world.Settings.Agents).Select(number => new AgentProcess(this, number))];
        Schedulers = [.. Enumerable.Range(1, world.Settings.Frameworks).Select(number => new SchedulerProcess(this, number))];
        Services = world.Settings.Services ? new ServicesProcess(this) : null;
        Jobs = world.Settings.Jobs is { } work ? new JobsProcess(this, work) : null;
        Own = [.. new IOwnScheduler?[] { Services, Jobs }.OfType<IOwnScheduler>()];
        Leader = AddMaster();
        foreach (var agent in Agents)
        {
            world.After(world.Seconds(0, 3), agent.Start);
        }

        foreach (var scheduler in Schedulers)
        {
            world.After(world.Seconds(0, 5), scheduler.Start);
        }

        foreach (var own in Own)
        {
            world.After(world.Seconds(0, 5), own.Start);
        }

        if (world.Settings.Faults)
        {
            new Faults(this).Begin();
        }
    }

    /// <summary>Steps so far, of all parts together.</summary>
    public long Steps => World.Timeline.Steps;

    /// <summary>Depends on all that happened: equal for equal courses.</summary>
    public ulong TraceHash => World.Trace.Hash;

    /// <summary>As drawn from the seed, and changed by the test.</summary>
    public SimulationSettings Settings => World.Settings;

    /// <summary>Tasks launched so far.</summary>
    public int Launched => Promises.Tasks.Count();

    internal World World { get; }

    internal Promises Promises { get; }

    internal IReadOnlyList<AgentProcess> Agents { get; }

    internal IReadOnlyList<SchedulerProcess> Schedulers { get; }

    /// <summary>The services scheduler, where there is one.</summary>
    internal ServicesProcess? Services { get; }

    /// <summary>The jobs scheduler, where there is one.</summary>
    internal JobsProcess? Jobs { get; }

    /// <summary>Those of Tepui's own frameworks that take part.</summary>
    internal IReadOnlyList<IOwnScheduler> Own { get; }

    /// <summary>Runs of jobs that were seen to execute.</summary>
    public int Executed => Jobs?.Checker.Executions ?? 0;

    /// <summary>Requests of the clients of the services scheduler that were carried out.</summary>
    public int Accepted => Services?.Users.Accepted ?? 0;

    /// <summary>The master that leads, or will when it is up again.</summary>
    internal MasterProcess Leader { get; private set; }

    /// <summary>A pool drawn from a seed; <paramref name="with"/> may change what was drawn.</summary>
    public static SimulatedCluster FromSeed(int seed, Func<SimulationSettings, SimulationSettings>? with = null) => new(World.FromSeed(seed, with));

    /// <summary>Lets time pass.</summary>
    /// <exception cref="PromiseBrokenException">A promise was broken; the message has seed, settings and the end of the trace.</exception>
    public void Run(TimeSpan time) => Guarded(() =>
    {
        var end = World.Now + time;
        while (World.Timeline.Next(end))
        {
        }
    });

    /// <summary>Ends all faults: whatever is down starts soon, the network works, and schedulers launch no more.</summary>
    public void Heal() => Guarded(() =>
    {
        World.Note("heal", "");
        World.IsHealing = true;
        foreach (var master in _masters)
        {
            if (master.IsOld)
            {
                master.Crash("it led no longer");
            }

            master.Disk.IsFull = false;
        }

        World.Net.Heal();
        World.After(World.Seconds(0, 2), Leader.Start);
        foreach (var agent in Agents)
        {
            agent.Disk.IsFull = false;
            agent.Supervisor.IsBlind = false;
            World.After(World.Seconds(0, 2), agent.Start);
        }

        foreach (var scheduler in Schedulers)
        {
            World.After(World.Seconds(0, 2), scheduler.Start);
        }

        foreach (var own in Own)
        {
            own.Disk.IsFull = false;
            World.After(World.Seconds(0, 2), own.Start);
        }

        if (Services is { } services)
        {
            KeepPuttingRight(services);
        }

        Jobs?.Checker.Healed(World.Now);
    });

    /// <summary>After <see cref="Heal"/>: lets time pass until everything is accounted for.</summary>
    /// <exception cref="PromiseBrokenException">It did not happen within <paramref name="limit"/>; the message says what is missing.</exception>
    public TimeSpan Converge(TimeSpan limit)
    {
        var start = World.Now;
        var missing = "nothing ran";
        while (World.Now - start < limit)
        {
            Run(TimeSpan.FromSeconds(5));
            missing = Rest.Missing(this) ?? (Services is { } services ? ServicesRest.Missing(this, services) : null) ?? (Jobs is { } jobs ? JobsRest.Missing(this, jobs) : null);
            if (missing is null)
            {
                return World.Now - start;
            }
        }

        throw Failure(new PromiseBrokenException($"not at rest {limit} after the heal: {missing}"));
    }

    /// <summary>After the heal: no job has anything more to run, so that the pool can come to rest.</summary>
    public void EndJobs() => Guarded(() => Jobs?.Users.End());

    /// <summary>Holds what was seen of all jobs against what was promised.</summary>
    /// <exception cref="PromiseBrokenException">Something is missing, or there is too much.</exception>
    public void CheckJobs() => Guarded(() => Jobs?.Checker.Check(World.Now));

    /// <summary>After convergence: lets time pass, and sees to it that next to nothing happens.</summary>
    public void Idle(TimeSpan time)
    {
        var before = Steps;
        Run(time);
        var seconds = time.TotalSeconds;
        var most = (Agents.Count * seconds / Settings.Ping.TotalSeconds * 14) + (Schedulers.Count * seconds * 2) + 1000
            + (Settings.OfferTimeout is { } timeout ? Agents.Count * seconds / timeout.TotalSeconds * 40 : 0);
        if (Steps - before > most)
        {
            throw Failure(new PromiseBrokenException($"{Steps - before} steps in {time} at rest; {most:F0} are expected at most"));
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine($"seed {World.Seed}, {Settings}, {Steps} steps; the last:");
        foreach (var line in World.Trace.Lines)
        {
            text.AppendLine(line);
        }

        return text.ToString();
    }

    internal long NextNumber() => ++_numbers;

    internal ulong NextEpoch() => ++_epochs;

    /// <summary>Where a process connects to now: mostly the leader, at times an older master that still lives.</summary>
    internal MasterProcess? MasterFor(string process)
    {
        var old = World.IsHealing ? null : _masters.Find(static master => master is { IsOld: true, IsUp: true });
        var master = old is not null && World.Chance(0.15) ? old : Leader;
        return master.IsUp && !World.Net.IsCut(process, master.Name) ? master : null;
    }

    /// <summary>Another master takes the lead while the one before lives on for a while, with its links.</summary>
    internal void SecondMaster()
    {
        if (!Leader.IsUp)
        {
            return;
        }

        var old = Leader;
        old.IsOld = true;
        _masters.RemoveAll(static master => master is { IsOld: true, IsUp: false });
        Leader = AddMaster();
        World.After(World.Seconds(1, 120), () => old.Crash("it led no longer"));
        foreach (var agent in Agents)
        {
            World.After(World.Seconds(0.1, 60), () =>
            {
                if (agent.Master == old)
                {
                    agent.LeaveLink();
                }
            });
        }

        foreach (var own in Own)
        {
            World.After(World.Seconds(0.1, 60), () =>
            {
                if (own.Master == old)
                {
                    own.LeaveStream();
                }
            });
        }

        foreach (var scheduler in Schedulers)
        {
            World.After(World.Seconds(0.1, 60), () =>
            {
                if (scheduler.Master == old)
                {
                    scheduler.LeaveStream();
                }
            });
        }
    }

    private void KeepPuttingRight(ServicesProcess services) => World.After(TimeSpan.FromSeconds(20), () =>
    {
        if (services.IsUp && ServicesRest.Missing(this, services) is not null)
        {
            services.Users.Heal();
        }

        KeepPuttingRight(services);
    });

    private MasterProcess AddMaster()
    {
        var master = new MasterProcess(this, $"master{NextNumber()}", _registry);
        _masters.Add(master);
        master.Start();
        return master;
    }

    private void Guarded(Action act)
    {
        try
        {
            act();
        }
        catch (Exception problem)
        {
            throw Failure(problem);
        }
    }

    private PromiseBrokenException Failure(Exception problem) => problem as PromiseBrokenException is { InnerException: not null } told
        ? told
        : new($"{problem.GetType().Name}: {problem.Message}\n{this}\n{problem.Message}", problem);
}
