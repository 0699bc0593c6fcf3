using System.Globalization;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Specs;
using Tepui.Testing.Simulation.Processes;

namespace Tepui.Testing.Simulation.Work;

/// <summary>Clients of the jobs scheduler: make jobs and leave them alone, or change, run and remove them all the time.</summary>
internal sealed class JobUsers(SimulatedCluster cluster, JobsProcess jobs, JobWork work)
{
    private int _made;
    private int _steady;
    private int _dependent;

    private World World => cluster.World;

    /// <summary>Jobs that are left alone, by name; one may not have been accepted.</summary>
    public Dictionary<JobName, SteadyJob> Steady { get; } = [];

    /// <summary>Jobs that are triggered by steady ones, by name.</summary>
    public Dictionary<JobName, JobSpec> Dependent { get; } = [];

    /// <summary>Begins in a new life of the scheduler.</summary>
    public void Begin() => jobs.Later(World.Seconds(0.2, 6), () =>
    {
        if (!World.IsHealing)
        {
            Act();
            Begin();
        }
    });

    /// <summary>Nothing more is to run.</summary>
    public void End()
    {
        foreach (var job in jobs.View().Jobs)
        {
            Ask(new JobsCommand.SetDisabled(job.Job.Name, true));
            Ask(new JobsCommand.KillAll(job.Job.Name));
        }
    }

    private void Act()
    {
        if (_steady < work.Steady)
        {
            Make();
        }
        else if (_dependent < work.Dependent)
        {
            Follow();
        }
        else if (work.Restless > 0)
        {
            Disturb(new($"restless{World.Random.Next(work.Restless)}"));
        }
    }

    // A request that is not answered may have been carried out: the next one has another name.
    private void Make()
    {
        var catchUp = World.Pick([CatchUp.Last, CatchUp.All, CatchUp.None]);
        var interval = TimeSpan.FromSeconds(World.Random.Next(catchUp == CatchUp.All ? 20 : 8, 90));
        var start = jobs.Time + World.Seconds(5, 60);
        start = new DateTimeOffset(start.Ticks - (start.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        int? count = World.Chance(0.3) ? World.Random.Next(1, 15) : null;
        var duration = interval.TotalSeconds / World.Random.Next(4, 9);
        var spec = new JobSpec
        {
            Name = new($"steady{++_made}"),
            Command = $"work {duration.ToString("F2", CultureInfo.InvariantCulture)}{(World.Chance(0.3) ? " flaky" : "")}",
            Schedule = Schedule(string.Create(CultureInfo.InvariantCulture, $"R{count}/{start:yyyy-MM-ddTHH:mm:ssZ}/PT{interval.TotalSeconds}S")),
            Retries = World.Random.Next(3),
            RetryBackoff = World.Chance(0.7) ? new(TimeSpan.FromSeconds(World.Random.Next(1, 10)), 1 + World.Random.NextDouble(), TimeSpan.FromSeconds(30)) : null,
            Cpus = 100,
            Mem = 16_000,
            Disk = 1_000,
            SoftError = World.Chance(0.3),
            HighPriority = World.Chance(0.3),
            Epsilon = TimeSpan.FromSeconds(World.Random.Next(15, 60)),
            CatchUp = catchUp,
            Concurrency = World.Pick([Concurrency.Forbid, Concurrency.Forbid, Concurrency.Allow]),
            Delivery = World.Pick([Delivery.AtLeastOnce, Delivery.AtMostOnce]),
        };
        Steady.Add(spec.Name, new(spec, start, interval, count, duration));
        Put(spec, DraftKind.Scheduled, () => _steady++);
    }

    private void Follow()
    {
        var parents = jobs.View().Jobs.Select(static job => job.Job.Name).Where(name => Steady.ContainsKey(name) || Dependent.ContainsKey(name)).OrderBy(_ => World.Random.Next()).Take(World.Random.Next(1, 4)).ToList();
        if (parents.Count == 0)
        {
            return;
        }

        var spec = new JobSpec
        {
            Name = new($"dependent{++_made}"),
            Command = $"work {World.Random.Next(1, 5)}{(World.Chance(0.3) ? " flaky" : "")}",
            Parents = parents,
            Retries = World.Random.Next(2),
            RetryBackoff = new(TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(10)),
            Cpus = 100,
            Mem = 16_000,
            Disk = 1_000,
            CatchUp = World.Pick([CatchUp.Last, CatchUp.All]),
            Concurrency = World.Pick([Concurrency.Forbid, Concurrency.Allow]),
            Delivery = World.Pick([Delivery.AtLeastOnce, Delivery.AtMostOnce]),
            ParentTrigger = World.Pick<ParentTrigger?>([null, ParentTrigger.Success, ParentTrigger.Failure, ParentTrigger.Any]),
        };
        Dependent.Add(spec.Name, spec);
        Put(spec, DraftKind.Dependent, () => _dependent++);
    }

    private void Disturb(JobName name)
    {
        switch (World.Random.Next(12))
        {
            case < 3: Put(Restless(name), DraftKind.Scheduled, static () => { }); break;
            case < 5: Ask(new JobsCommand.Start(name, World.Chance(0.5) ? "by hand" : null, [], World.Chance(0.5) ? $"key{World.Random.Next(20)}" : null)); break;
            case 5: Ask(new JobsCommand.Remove(name, Strict: false)); break;
            case 6: Ask(new JobsCommand.KillAll(name)); break;
            case 7: Ask(new JobsCommand.SetDisabled(name, true)); break;
            case 8 or 9: Ask(new JobsCommand.SetDisabled(name, false)); break;
            case 10: Ask(new JobsCommand.MarkSuccess(name)); break;
            case 11: Ask(new JobsCommand.Backfill(name, jobs.Time - World.Seconds(60, 600), jobs.Time - World.Seconds(1, 60))); break;
        }
    }

    private JobSpec Restless(JobName name) => new()
    {
        Name = name,
        Command = $"work {World.Random.Next(1, 30)}{(World.Chance(0.3) ? " flaky" : "")}",
        Schedule = Schedule(string.Create(CultureInfo.InvariantCulture, $"R{(World.Chance(0.5) ? "" : World.Random.Next(8))}/{jobs.Time + World.Seconds(-500, 60):yyyy-MM-ddTHH:mm:ssZ}/PT{World.Random.Next(3, 60)}S")),
        Retries = World.Random.Next(3),
        Cpus = 100,
        Mem = 16_000,
        Disk = 1_000,
        Disabled = World.Chance(0.1),
        MaxCompletionTime = World.Chance(0.3) ? World.Seconds(1, 20) : TimeSpan.Zero,
        Epsilon = World.Chance(0.5) ? World.Seconds(1, 60) : null,
        CatchUp = World.Pick<CatchUp?>([null, CatchUp.All, CatchUp.None]),
        Concurrency = World.Pick<Concurrency?>([null, Concurrency.Allow, Concurrency.Replace]),
        Delivery = World.Pick<Delivery?>([null, Delivery.AtMostOnce]),
    };

    private JobSchedule Schedule(string text) => new(
        Tepui.Model.Schedules.Schedule.ParseIso(text, "", jobs.Time, out var problem) ?? throw new InvalidOperationException($"{text}: {problem}"), IsCron: false, "", jobs.Time);

    private void Put(JobSpec spec, DraftKind kind, Action accepted) => Ask(new JobsCommand.Put(new(kind, spec, [], []), Strict: false), outcome =>
    {
        if (outcome is not CommandOutcome.Done)
        {
            World.Fail($"{spec.Name} is refused: {outcome}");
        }

        accepted();
    });

    private void Ask(JobsCommand command, Action<CommandOutcome>? answered = null) => jobs.Ask(command, outcome =>
    {
        World.Note("user", $"{command.GetType().Name} -> {outcome}");
        jobs.Checker.Answered(command, outcome);
        answered?.Invoke(outcome);
    });
}
