namespace Tepui.Jobs.Core.Runs;

/// <summary>The runs of one job by number. Both lists are replaced, never changed: whoever holds one keeps what it saw.</summary>
internal sealed class JobRuns
{
    /// <summary>Those that are not over, oldest first.</summary>
    public Run[] Open { get; private set; } = [];

    /// <summary>Those that are, oldest first.</summary>
    public Run[] Ended { get; private set; } = [];

    /// <summary>The highest number.</summary>
    public long Highest => Math.Max(Open.Length > 0 ? Open[^1].Id.Number : 0, Ended.Length > 0 ? Ended[^1].Id.Number : 0);

    /// <summary>All, oldest first.</summary>
    public IReadOnlyList<Run> All => Open.Length == 0 ? Ended : Ended.Length == 0 ? Open : [.. Ended.Concat(Open).OrderBy(run => run.Id.Number)];

    /// <summary>One, if it is here.</summary>
    public Run? Find(long number) => Find(Open, number) ?? Find(Ended, number);

    /// <summary>Adds a run, or replaces it by its changed self.</summary>
    public void Put(Run run)
    {
        if (run.State.IsFinal())
        {
            Open = Without(Open, run.Id.Number);
            Ended = With(Ended, run);
        }
        else
        {
            Open = With(Open, run);
        }
    }

    /// <summary>Forgets a run.</summary>
    public void Remove(long number)
    {
        Open = Without(Open, number);
        Ended = Without(Ended, number);
    }

    private static Run? Find(Run[] runs, long number) => IndexOf(runs, number) is var at && at >= 0 ? runs[at] : null;

    private static Run[] With(Run[] runs, Run run)
    {
        var at = IndexOf(runs, run.Id.Number);
        if (at >= 0)
        {
            var changed = (Run[])runs.Clone();
            changed[at] = run;
            return changed;
        }

        return [.. runs.AsSpan(0, ~at), run, .. runs.AsSpan(~at)];
    }

    private static Run[] Without(Run[] runs, long number) => IndexOf(runs, number) is var at && at >= 0 ? [.. runs.AsSpan(0, at), .. runs.AsSpan(at + 1)] : runs;

    // Where a number is, or the complement of where it belongs.
    private static int IndexOf(Run[] runs, long number)
    {
        var (low, high) = (0, runs.Length - 1);
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            switch (runs[middle].Id.Number.CompareTo(number))
            {
                case 0:
                    return middle;
                case < 0:
                    low = middle + 1;
                    break;
                default:
                    high = middle - 1;
                    break;
            }
        }

        return ~low;
    }
}
