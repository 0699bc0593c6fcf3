using Google.Protobuf;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Notices;
using Tepui.Jobs.Core.Runs;

namespace Tepui.Jobs.Core.Tests;

/// <summary>What a core knows, as text, to be compared with what another knows.</summary>
internal static class StoredState
{
    /// <summary>Every job and every run of a core, as the store would hold them, and what views say.</summary>
    public static IReadOnlyList<string> Of(JobsCore core, DateTimeOffset now)
    {
        var state = core.State;
        var view = core.View(now);
        return
        [
            $"framework {state.Framework}",
            .. state.Jobs.All.OrderBy(job => job.Name).Select(job => Text(JobEntries.Write(job.Spec)) + Text(ProgressEntries.Write(job.Progress))),
            .. state.Jobs.All.OrderBy(job => job.Name).Select(job => $"children of {job.Name}: {string.Join(' ', state.Graph.Children(job.Name))}"),
            .. state.Jobs.All.SelectMany(job => state.Runs.Of(job.Name)).OrderBy(run => run.Id).Select(run => Text(RunEntries.Write(run))),
            .. state.Runs.Open.OrderBy(run => run.Id).Select(run => $"open {run.Id}"),
            .. view.Jobs.Select(job => $"{job.Job.Name}: {job.Running} running, {job.Queued} queued, last {job.LastRun?.Id}"),
            .. state.Notices.All.OrderBy(notice => notice.Sequence).Select(notice => Text(NoticeEntries.Write(notice))),
            .. view.OpenRuns.Select(run => $"view open {run.Id} {run.State}"),
        ];
    }

    private static string Text(IMessage message) => JsonFormatter.Default.Format(message);
}
