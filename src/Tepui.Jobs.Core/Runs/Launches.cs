using Tepui.Jobs.Core.Jobs;
using Tepui.Model;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Runs;

/// <summary>Writes down that a run is launched, before it is.</summary>
internal static class Launches
{
    /// <summary>Gives the run its next attempt: task id, agent, time; the launch goes out after that is durable.</summary>
    /// <returns>The run with its new attempt.</returns>
    public static Run Begin(Turn turn, Run run, AgentId agent, string hostname)
    {
        run = turn.State.Runs.Find(run.Id) ?? run;
        Invariant.Holds(run.State == RunState.Waiting, $"run {run.Id} is {run.State} and cannot be launched");
        Invariant.Holds(turn.State.JobOf(run) is not null, $"run {run.Id} has no job");
        var job = turn.State.JobOf(run)!;
        var ms = Math.Max(turn.Now.ToUnixTimeMilliseconds(), LastMillis(turn, job) + 1);
        turn.State.Jobs.SetProgress(turn, job.Name, progress => progress with { LastTaskMs = ms });
        var attempt = new Attempt
        {
            Number = run.Attempt,
            Task = TaskIds.Compose(ms, run.Attempt, job.Name, run.Arguments ?? string.Join(' ', job.Spec.Arguments)),
            Agent = agent,
            Hostname = hostname,
            LaunchedAt = turn.Now,
        };
        var launching = run with { State = RunState.Launching, Since = turn.Now, NotBefore = null, Attempts = Kept(run.Attempts, attempt) };
        turn.State.Runs.Replace(turn, launching);
        return launching;
    }

    // A job that is made again begins anew, while tasks of its former self may still live or be remembered elsewhere.
    private static long LastMillis(Turn turn, Job job) => job.Progress.LastTaskMs > 0 ? job.Progress.LastTaskMs : turn.State.Runs.LatestMillis;

    // The newest; launches that did not happen make room first, so that it stays known whether any did.
    private static List<Attempt> Kept(IReadOnlyList<Attempt> attempts, Attempt next)
    {
        List<Attempt> kept = [.. attempts, next];
        while (kept.Count > Run.AttemptsMax)
        {
            kept.RemoveAt(Math.Max(0, kept.FindIndex(attempt => attempt.State == TaskState.TaskDropped)));
        }

        return kept;
    }
}
