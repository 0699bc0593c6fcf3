using Tepui.Jobs.Core.Specs;
using Tepui.Model;

namespace Tepui.Jobs.Core.Runs;

/// <summary>What must always hold of runs, after each step.</summary>
internal static class RunInvariants
{
    /// <summary>Open runs have their job, their task and their alarms; nothing is remembered of what is over.</summary>
    public static void Check(JobsState state)
    {
        foreach (var run in state.Runs.Open)
        {
            Check(state, run);
        }

        foreach (var id in state.Watch.Runs)
        {
            Invariant.Holds(state.Runs.Find(id) is { } run && !run.State.IsFinal(), $"run {id} is over and still watched");
        }

        foreach (var job in state.Runs.Jobs)
        {
            CheckJob(state, job);
        }
    }

    private static void Check(JobsState state, Run run)
    {
        Invariant.Holds(!run.State.IsFinal(), $"run {run.Id} is {run.State} and open");
        Invariant.Holds(run.IsOrphaned || state.JobOf(run) is not null, $"run {run.Id} has no job");
        Invariant.Holds(!run.IsOrphaned || (run.State.IsActive() && run.Kill != KillWish.None), $"run {run.Id} of a removed job is {run.State} and not being killed");
        Invariant.Holds(run.Kill == KillWish.None || run.State.IsActive(), $"run {run.Id} is {run.State} and to be killed");
        Invariant.Holds(run.Attempts.Count <= Run.AttemptsMax, $"run {run.Id} keeps {run.Attempts.Count} attempts");
        if (run.State.IsActive())
        {
            Invariant.Holds(run.Last is { } last && last.Number == run.Attempt, $"run {run.Id} is {run.State} without its attempt {run.Attempt}");
            Invariant.Holds(TaskNews.HasEnded(run.Last.State) == (run.State == RunState.Completing), $"run {run.Id} is {run.State} and its task {run.Last.State}");
        }

        foreach (var attempt in run.Attempts)
        {
            Invariant.Holds(state.Runs.TryFind(attempt.Task, out var found) && found.Id == run.Id, $"task {attempt.Task} does not lead to run {run.Id}");
        }
    }

    private static void CheckJob(JobsState state, JobName job)
    {
        var runs = state.Runs.Of(job);
        var tasks = runs.SelectMany(run => run.Attempts).Select(attempt => attempt.Task).ToList();
        Invariant.Holds(tasks.Distinct().Count() == tasks.Count, $"two tasks of job {job} have one id");
        Invariant.Holds(state.Runs.EndedOf(job).Count <= state.Options.RunsKept, $"job {job} keeps {state.Runs.EndedOf(job).Count} ended runs");
        Invariant.Holds(!state.Jobs.TryFind(job, out var known) || known.Progress.LastRun >= runs.Where(run => !run.IsOrphaned).Select(run => run.Id.Number).DefaultIfEmpty(0).Max(), $"job {job} does not know its last run");
    }
}
