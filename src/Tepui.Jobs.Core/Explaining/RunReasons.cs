using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Explaining;

/// <summary>What the open runs of a job do, or wait for.</summary>
internal static class RunReasons
{
    private const int Most = 5;

    /// <summary>One sentence for each of the first runs, those that wait before those under way.</summary>
    public static IEnumerable<string> Of(JobsState state, Job job, DateTimeOffset now)
    {
        var open = state.Runs.OpenOf(job.Name);
        var waiting = open.Where(run => run.State == RunState.Waiting).ToList();
        foreach (var run in waiting.Take(Most))
        {
            yield return Waiting(state, job, open, run, now);
        }

        if (waiting.Count > Most)
        {
            yield return $"{Words.Count(waiting.Count - Most, "more run")} wait behind these.";
        }

        foreach (var run in open.Where(run => run.State.IsActive()).Take(Most))
        {
            yield return Active(state, run);
        }
    }

    private static string Waiting(JobsState state, Job job, IReadOnlyList<Run> open, Run run, DateTimeOffset now)
    {
        var name = $"Run {run.Id.Number}, due at {Words.Time(run.Cause.Due)},";
        if (run.NotBefore is { } time && time > now)
        {
            return $"{name} is tried again at {Words.Time(time)} (attempt {run.Attempt + 1} of {job.Spec.Retries + 1}){(run.Message is { } message ? $": {message}" : "")}.";
        }

        if (state.Queue.Has(run.Id))
        {
            return $"{name} may be launched and waits for an offer.";
        }

        if (open.FirstOrDefault(other => other.State.IsActive()) is { } active)
        {
            return job.Spec.ConcurrencyOrDefault() == Concurrency.Replace
                ? $"{name} waits until run {active.Id.Number} is killed, which it replaces."
                : $"{name} waits until run {active.Id.Number} has ended: runs of this job do not overlap (concurrent: true lifts this).";
        }

        return open.FirstOrDefault(other => other.Id != run.Id) is { } before
            ? $"{name} waits behind run {before.Id.Number}: runs of this job do not overlap (concurrent: true lifts this)."
            : $"{name} waits.";
    }

    private static string Active(JobsState state, Run run)
    {
        var (host, since) = (run.Last?.Hostname ?? "an agent", Words.Time(run.Since));
        return run.State switch
        {
            RunState.Launching => $"Run {run.Id.Number} was launched on {host} at {since}; nothing was heard of it yet.",
            RunState.Staging => $"Run {run.Id.Number} is being prepared on {host} since {since}.",
            RunState.Unreachable => $"Run {run.Id.Number} is on {host}, which is cut off since {since}; it is taken for lost after {state.Options.UnreachableTimeout.TotalSeconds:0} s.",
            RunState.Completing => $"Run {run.Id.Number} waits since {since} for somebody to say how it ended (async: PUT /scheduler/task/{{id}}).",
            _ when run.Kill != KillWish.None => $"Run {run.Id.Number} is being killed on {host}.",
            _ => $"Run {run.Id.Number} runs on {host} since {since}.",
        };
    }
}
