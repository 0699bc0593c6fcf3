using Google.Protobuf;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Jobs;

namespace Tepui.Jobs.Core;

/// <summary>Brings the state back from what the store holds.</summary>
internal static class Recovery
{
    /// <summary>At the start. Jobs come first, then runs, then what waits and rings: each needs only what came before.</summary>
    public static void Recover(Turn turn, IReadOnlyDictionary<string, IMessage> store)
    {
        var state = turn.State;
        state.Framework = store.TryGetValue(StoreKeys.Framework, out var framework) ? new FrameworkId(((FrameworkEntry)framework).FrameworkId) : default;
        state.Runs.Saw((framework as FrameworkEntry)?.LatestTaskMs ?? 0);
        var shared = new SharedParts();
        RestoreJobs(state, store, shared);
        foreach (var run in store.Values.OfType<RunEntry>().Select(entry => RunEntries.Read(entry, shared)).OrderBy(run => run.Id))
        {
            state.Runs.Restore(state, run);
        }

        foreach (var notice in store.Values.OfType<NoticeEntry>().OrderBy(entry => entry.Sequence))
        {
            state.Notices.Restore(turn, notice);
        }

        RunRecovery.Resume(turn);
    }

    private static void RestoreJobs(JobsState state, IReadOnlyDictionary<string, IMessage> store, SharedParts shared)
    {
        foreach (var spec in store.Values.OfType<JobEntry>().Select(entry => JobEntries.Read(entry, shared)).OrderBy(spec => spec.Name))
        {
            var progress = store.TryGetValue(StoreKeys.Progress(spec.Name), out var entry) ? ProgressEntries.Read((ProgressEntry)entry, shared) : JobProgress.None;
            state.Jobs.Restore(state, new(spec, progress));
        }
    }
}
