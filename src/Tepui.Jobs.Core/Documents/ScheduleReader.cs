using System.Globalization;
using Tepui.Jobs.Core.Specs;
using Tepui.Model.Schedules;
using Tepui.Model;

namespace Tepui.Jobs.Core.Documents;

/// <summary>Reads when a job runs: <c>schedule</c> or <c>cron</c>, and <c>scheduleTimeZone</c>.</summary>
internal static class ScheduleReader
{
    /// <summary>Reads the schedule of a job. One that names none runs once, now.</summary>
    /// <param name="job">The document.</param>
    /// <param name="now">Time of reading.</param>
    /// <param name="createProblems">Gets what is allowed only to jobs that are there already: a start before 1970.</param>
    public static JobSchedule? Read(Members job, DateTimeOffset now, List<Problem> createProblems)
    {
        var cron = job.Text("cron") ?? "";
        var zone = job.Text("scheduleTimeZone") ?? "";
        if (job.Names("schedule") && !job.Has("schedule") && cron.Length == 0)
        {
            job.Refuse("schedule", "is null; write R[count]/[start]/period, as in R/2031-05-01T06:30:00Z/P1D, or leave it out to run once, now");
            return null;
        }

        var text = job.Text("schedule");
        if (text is null && cron.Length == 0)
        {
            return job.Has("schedule") ? null : Once(now);
        }

        if (!string.IsNullOrEmpty(text) && cron.Length > 0)
        {
            job.Refuse("cron", "stands beside schedule; a job has one of them");
            return null;
        }

        var (times, problem, path) = Parse(text ?? "", cron, zone, now);
        switch (problem)
        {
            case null:
                break;
            case { IsBefore1970: true }:
                createProblems.Add(new(path, Message(problem)));
                break;
            default:
                job.Refuse(path, Message(problem));
                return null;
        }

        return times is null ? null : new(times, cron.Length > 0, zone, now);
    }

    /// <summary>Reads either form.</summary>
    /// <returns>The schedule if it can be used, the problem if there is one, and the member at fault.</returns>
    public static (Schedule? Times, ScheduleProblem? Problem, string Path) Parse(string text, string cron, string zone, DateTimeOffset now)
    {
        var member = cron.Length > 0 ? "cron" : "schedule";
        var times = cron.Length > 0 ? Schedule.ParseCron(cron, zone, out var problem) : Schedule.ParseIso(text, zone, now, out problem);
        if (times is null && cron.Length == 0 && problem is { IsZone: false } && Schedule.ParseCron(text, null, out _) is not null)
        {
            problem = problem with { Message = $"'{Members.Cut(text)}' is a cron expression; those belong into 'cron'" };
        }

        return (times, problem, problem is { IsZone: true } ? "scheduleTimeZone" : member);
    }

    /// <summary>What is wrong and where, for people, who count characters from 1.</summary>
    public static string Message(ScheduleProblem problem) => problem.IsZone ? problem.Message : $"{problem.Message}, at character {problem.Offset + 1}";

    private static JobSchedule? Once(DateTimeOffset now)
    {
        var start = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return Schedule.ParseIso($"R1/{start}/PT24H", null, now, out _) is { } times ? new(times, false, "", now) : null;
    }
}
