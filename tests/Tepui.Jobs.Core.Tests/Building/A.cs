using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Tests.Building;

/// <summary>Builders with valid defaults.</summary>
internal static class A
{
    /// <summary>Where time begins in tests.</summary>
    public static DateTimeOffset Start { get; } = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A job with a schedule (daily from noon on, unless given) or with parents; change what matters with <c>with</c>.</summary>
    public static JobSpec Job(string name, string? schedule = null, params string[] parents) => new()
    {
        Name = new(name),
        Command = "true",
        Cpus = 100,
        Mem = 128_000,
        Disk = 256_000,
        Schedule = parents.Length > 0 ? null : Schedule(schedule ?? "R/2031-01-01T12:00:00Z/P1D"),
        Parents = [.. parents.Select(parent => new JobName(parent))],
    };

    /// <summary>A job with parents.</summary>
    public static JobSpec Child(string name, params string[] parents) => Job(name, null, parents);

    /// <summary>A schedule; set at <see cref="Start"/>.</summary>
    public static JobSchedule Schedule(string text, string zone = "") =>
        new(Model.Schedules.Schedule.ParseIso(text, zone, Start, out var problem) ?? throw new InvalidOperationException(problem?.Message), IsCron: false, zone, Start);

    /// <summary>A cron schedule.</summary>
    public static JobSchedule Cron(string text, string zone = "") =>
        new(Model.Schedules.Schedule.ParseCron(text, zone, out var problem) ?? throw new InvalidOperationException(problem?.Message), IsCron: true, zone, Start);

    /// <summary>The document of a job, without problems.</summary>
    public static JobDraft Draft(JobSpec job) => new(job.IsDependent ? DraftKind.Dependent : DraftKind.Scheduled, job, [], []);

    /// <summary>A run's id.</summary>
    public static RunId Run(string job, long number) => new(new(job), number);
}
