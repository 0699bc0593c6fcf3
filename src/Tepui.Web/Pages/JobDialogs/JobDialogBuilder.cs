using System.Globalization;
using Tepui.Web.Jobs;
using Tepui.Web.Layout;
using Tepui.Web.Pages.Dialogs;
using Tepui.Web.Services;

namespace Tepui.Web.Pages.JobDialogs;

/// <summary>Builds the dialogs of jobs: the rules of what they say before something happens.</summary>
public static class JobDialogBuilder
{
    /// <summary>The dialog of an address; null when none is open.</summary>
    /// <param name="jobs">The jobs now.</param>
    /// <param name="query">Which dialog.</param>
    /// <param name="address">The page's address.</param>
    /// <param name="refused">Why it was refused just now, if it was.</param>
    /// <param name="now">The time.</param>
    public static DialogModel? Build(JobsSnapshot jobs, JobDialogQuery? query, string address, Refusal? refused, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        if (query is null or { Action: JobAction.Disable or JobAction.Enable } && refused is null)
        {
            return null;
        }

        var dialog = (jobs.Jobs.TryGet(query!.On, out var job) ? OnJob(jobs.Jobs, query, job, now) : Void(query, $"There is no job {query.On} any more.")) with { Refused = refused };
        return dialog with { Close = DialogQuery.Close(address), Hidden = [("on", query.On), ("from", address), .. dialog.Hidden] };
    }

    private static DialogModel OnJob(JobTable jobs, JobDialogQuery query, JobSummary job, DateTimeOffset now) => query.Action switch
    {
        JobAction.Run => job.Disabled ? Disabled(query, job) : Run(query, job),
        JobAction.Stop => job.Running == 0
            ? Void(query, job.Queued == 0 ? $"{job.Name} is idle: there is no task to stop." : $"{job.Name} has no task yet. What waits can be ended on the job's page.")
            : New(query, $"Stop {job.Name}", job.Running == 1 ? "Kill the task" : "Kill the tasks") with
            {
                IsDangerous = true,
                Facts = [$"Kills {Words.Count(job.Running, "running task")}. A killed run is not retried and counts neither as success nor as failure. The schedule goes on."],
            },
        JobAction.EndRun => New(query, $"End run {query.Run} of {job.Name}", "End the run") with
        {
            IsDangerous = true,
            Facts = ["Its task is killed if it has one; if it waits, it is not launched. It is not retried."],
            Hidden = [("run", query.Run.ToString(CultureInfo.InvariantCulture))],
        },
        JobAction.Delete => Delete(jobs, query, job),
        JobAction.Backfill => Backfill(query, job, now),
        _ => New(query, $"{query.Action} {job.Name}", $"{query.Action}"),
    };

    private static DialogModel Disabled(JobDialogQuery query, JobSummary job) =>
        Void(query, $"{job.Name} is disabled: a run of it would be skipped, not launched. Enable it first.") with { Title = $"{job.Name} is disabled" };

    private static DialogModel Run(JobDialogQuery query, JobSummary job)
    {
        var waits = job.Running + job.Queued > 0 ? $"It has {job.StateText} now; unless its runs may overlap, this one waits for those." : "";
        return New(query, $"Run {job.Name} now", "Run") with
        {
            Facts = [.. new[] { "One run more, beside its schedule. When it succeeds it counts for the jobs that depend on it.", waits }.Where(fact => fact.Length > 0)],
            Fields =
            [
                new DialogField("arguments", "Arguments", query.Arguments) { Optional = true, Help = "in place of the job's; empty: the job's" },
                new DialogField("environment", "Environment", query.Environment) { Optional = true, Lines = 2, Help = "NAME=VALUE, one on each line, beside the job's" },
            ],
        };
    }

    private static DialogModel Delete(JobTable jobs, JobDialogQuery query, JobSummary job)
    {
        var children = jobs.ChildrenOf(job.Name);
        List<string> facts = [job.Running > 0 ? $"Removes the job and its history, and kills {Words.Count(job.Running, "running task")}." : "Removes the job and its history."];
        if (children.Count > 0)
        {
            facts.Add(Heirs(jobs, job, children));
        }

        facts.Add("This cannot be undone.");
        return New(query, $"Delete {job.Name}", "Delete") with
        {
            IsDangerous = true,
            Facts = facts,
            Items = children.Count > 1 ? children : [],
            Hidden = [("children", children.Count.ToString(CultureInfo.InvariantCulture))],
        };
    }

    // Children of a job with parents get those; children of one with a schedule get that, in place of all their parents.
    private static string Heirs(JobTable jobs, JobSummary job, IReadOnlyList<string> children)
    {
        var (who, depend, verb) = children.Count == 1 ? (children[0], "depends", "gets") : (Words.Count(children.Count, "job"), "depend", "get");
        if (job.IsDependent)
        {
            return $"{who} {depend} on it and {verb} {AllOf(job.Parents)} as {(job.Parents.Count == 1 ? "parent" : "parents")} instead.";
        }

        if (job.Schedule.Length == 0)
        {
            return $"{who} {depend} on it and {(children.Count == 1 ? "loses" : "lose")} this parent.";
        }

        var others = children.Count(child => jobs.TryGet(child, out var found) && found.Parents.Count > 1);
        var lost = others == 0 ? "" : children.Count == 1 ? " It loses its other parents." : $" {Show.Count(others)} of them {(others == 1 ? "loses its" : "lose their")} other parents.";
        return $"{who} {depend} on it and {verb} its schedule, {job.Schedule}.{lost}";
    }

    private static DialogModel Backfill(JobDialogQuery query, JobSummary job, DateTimeOffset now)
    {
        if (job.IsDependent || job.Schedule.Length == 0)
        {
            return Void(query, $"{job.Name} has no schedule whose times could be run again.");
        }

        var yesterday = now.ToOffset(job.NextRun?.Offset ?? TimeSpan.Zero).AddDays(-1);
        return New(query, $"Backfill {job.Name}", "Backfill") with
        {
            Facts = [$"Runs the times of {job.Schedule} between two moments again, each as a run of its own, one after the other."],
            Fields =
            [
                new DialogField("since", "From", query.Since.Length > 0 ? query.Since : Moment(yesterday)) { Help = "ISO 8601 with its offset; included" },
                new DialogField("until", "To", query.Until.Length > 0 ? query.Until : Moment(yesterday.AddDays(1))) { Help = "included" },
            ],
        };
    }

    private static string Moment(DateTimeOffset at) => at.ToString(at.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string AllOf(IReadOnlyList<string> names) => names.Count > 3 ? $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more" : string.Join(" and ", names);

    private static DialogModel Void(JobDialogQuery query, string why) => New(query, "Nothing to do", "") with { Facts = [why], IsVoid = true };

    private static DialogModel New(JobDialogQuery query, string title, string submit) =>
        new() { Action = $"{Links.JobCommands}/{JobDialogQuery.NameOf(query.Action)}", Title = title, Submit = submit, Close = Links.Jobs };
}
