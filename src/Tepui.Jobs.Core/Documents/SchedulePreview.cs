using Tepui.Jobs.Core.Jobs;
using Tepui.Model;
using Tepui.Model.Schedules;

namespace Tepui.Jobs.Core.Documents;

/// <summary>Something wrong with a schedule.</summary>
/// <param name="Path">The member at fault.</param>
/// <param name="Message">For people.</param>
/// <param name="Offset">Character of the text where it goes wrong, from 0, if it is one.</param>
public sealed record ScheduleFault(string Path, string Message, int? Offset);

/// <summary>When a schedule is due next: of a job, or of one that is being thought out.</summary>
/// <param name="Zone">Time zone of the times.</param>
/// <param name="Times">Due times, the next first, with the offset of the zone then.</param>
/// <param name="Faults">What keeps it from being read.</param>
public sealed record SchedulePreview(string Zone, IReadOnlyList<DateTimeOffset> Times, IReadOnlyList<ScheduleFault> Faults)
{
    /// <summary>Most times told at once.</summary>
    public const int CountMax = 1000;

    private const int CountStandard = 5;

    /// <summary>Of a job as it stands; none for jobs with parents.</summary>
    /// <param name="job">The job.</param>
    /// <param name="count">Most times wanted.</param>
    public static SchedulePreview Of(Job job, int count) => job.Spec.Schedule is { } schedule
        ? new(schedule.Times.ZoneName, Upcoming(schedule.Times, job.Progress.NextDue, job.Progress.Remaining, count), [])
        : new("", [], []);

    /// <summary>Reads a schedule from <c>{schedule|cron,scheduleTimeZone,count}</c>, as of a job that is made now.</summary>
    /// <param name="body">JSON, UTF-8.</param>
    /// <param name="now">Time of reading.</param>
    public static SchedulePreview Read(ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var problems = new List<Problem>();
        using var document = DocumentText.Open(body, problems);
        if (document is null)
        {
            return new("", [], Plain(problems));
        }

        var request = new Members(document.RootElement, "", problems);
        var (text, cron, zone) = (request.Text("schedule") ?? "", request.Text("cron") ?? "", request.Text("scheduleTimeZone") ?? "");
        var count = (int)(request.Whole("count", 1, CountMax) ?? CountStandard);
        if (text.Length > 0 && cron.Length > 0)
        {
            request.Refuse("cron", "stands beside schedule; a job has one of them");
        }

        if (problems.Count > 0)
        {
            return new("", [], Plain(problems));
        }

        var (times, problem, path) = ScheduleReader.Parse(text, cron, zone, now);
        return times is null || problem is not null
            ? new("", [], [new(path, problem!.Message, problem.IsZone ? null : problem.Offset)])
            : new(times.ZoneName, Upcoming(times, First(times, cron.Length > 0, now), times.Count, count), []);
    }

    // A start that is past is due at once, for the newest time it missed.
    private static DateTimeOffset? First(Schedule times, bool isCron, DateTimeOffset now) =>
        isCron ? times.FirstAtOrAfter(now) : times.LastAtOrBefore(now) ?? times.FirstAtOrAfter(now);

    private static IReadOnlyList<DateTimeOffset> Upcoming(Schedule times, DateTimeOffset? next, long? remaining, int count)
    {
        var upcoming = new List<DateTimeOffset>();
        for (var most = Math.Min(count, remaining ?? count); upcoming.Count < most && next is { } due; next = times.FirstAfter(due))
        {
            upcoming.Add(times.ToZone(due));
        }

        return upcoming;
    }

    private static IReadOnlyList<ScheduleFault> Plain(List<Problem> problems) => [.. problems.Select(problem => new ScheduleFault(problem.Path, problem.Message, null))];
}
