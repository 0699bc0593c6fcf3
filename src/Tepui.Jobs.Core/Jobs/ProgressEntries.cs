using Tepui.Protocol.Jobs;

namespace Tepui.Jobs.Core.Jobs;

/// <summary>What became of jobs, as the store holds it.</summary>
internal static class ProgressEntries
{
    /// <summary>As stored.</summary>
    public static ProgressEntry Write(JobProgress progress)
    {
        var entry = new ProgressEntry();
        Set(progress.NextDue, time => entry.NextDue = time);
        Set(progress.LastDue, time => entry.LastDue = time);
        if (progress.Remaining is { } remaining)
        {
            entry.Remaining = remaining;
        }

        Set(progress.LastRun, value => entry.LastRun = value);
        Set(progress.LastTaskMs, value => entry.LastTaskMs = value);
        Set(progress.SuccessCount, value => entry.SuccessCount = value);
        Set(progress.ErrorCount, value => entry.ErrorCount = value);
        Set(progress.ErrorsSinceLastSuccess, value => entry.ErrorsSinceLastSuccess = value);
        Set(progress.LastSuccess, time => entry.LastSuccess = time);
        Set(progress.LastError, time => entry.LastError = time);
        Set(progress.SkippedCount, value => entry.SkippedCount = value);
        Set(progress.LastSkipped, time => entry.LastSkipped = time);
        Set(progress.LateCount, value => entry.LateCount = value);
        entry.Edges.AddRange(progress.Edges.Select(edge => new ProgressEntry.Types.Edge { Parent = edge.Parent.Value, Count = edge.Count, Run = edge.Run }));
        Set(progress.Backfill?.Next, time => entry.BackfillNext = time);
        Set(progress.Backfill?.To, time => entry.BackfillTo = time);
        return entry;
    }

    /// <summary>From the store.</summary>
    public static JobProgress Read(ProgressEntry entry, SharedParts shared) => new()
    {
        NextDue = Time(entry.HasNextDue, entry.NextDue),
        LastDue = Time(entry.HasLastDue, entry.LastDue),
        Remaining = entry.HasRemaining ? entry.Remaining : null,
        LastRun = entry.LastRun,
        LastTaskMs = entry.LastTaskMs,
        SuccessCount = entry.SuccessCount,
        ErrorCount = entry.ErrorCount,
        ErrorsSinceLastSuccess = entry.ErrorsSinceLastSuccess,
        LastSuccess = Time(entry.HasLastSuccess, entry.LastSuccess),
        LastError = Time(entry.HasLastError, entry.LastError),
        SkippedCount = entry.SkippedCount,
        LastSkipped = Time(entry.HasLastSkipped, entry.LastSkipped),
        LateCount = entry.LateCount,
        Edges = entry.Edges.Count == 0 ? [] : entry.Edges.Select(edge => new EdgeCount(shared.Name(edge.Parent), edge.Count, edge.Run)).ToArray(),
        Backfill = entry.HasBackfillNext ? new(StoreTime.Read(entry.BackfillNext), StoreTime.Read(entry.BackfillTo)) : null,
    };

    private static DateTimeOffset? Time(bool isSet, long stored) => isSet ? StoreTime.Read(stored) : null;

    private static void Set(long value, Action<long> set)
    {
        if (value != 0)
        {
            set(value);
        }
    }

    private static void Set(DateTimeOffset? time, Action<long> set)
    {
        if (time is { } known)
        {
            set(StoreTime.Write(known));
        }
    }
}
