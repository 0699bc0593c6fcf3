namespace Tepui.Services.Core.Scaling;

/// <summary>What a replacement does next.</summary>
/// <param name="EndWaiting">Old ones that wait for an offer.</param>
/// <param name="EndStarting">Old ones on their way.</param>
/// <param name="EndFailing">Old ones that may not take load.</param>
/// <param name="EndServing">Old ones that may take load.</param>
/// <param name="EndNew">New ones too many.</param>
/// <param name="Start">New ones.</param>
internal readonly record struct ReplacementMoves(int EndWaiting, int EndStarting, int EndFailing, int EndServing, int EndNew, int Start);

/// <summary>Replaces the instances of a spec a few at a time. A rule on what is there now, with no memory: asked again after any change, by anyone, it goes on from there.</summary>
/// <remarks>
/// Old instances that may take load end only while enough others serve. Those that run and may not take load end at the same pace, first, and as if they served: an old set whose checks
/// fail is replaced step by step and not all at once, since the checks may be what is wrong. What has not come up yet ends at once.
/// Whatever was told to end takes up capacity until it is over.
/// </remarks>
internal static class Replacement
{
    /// <summary>What to do now.</summary>
    public static ReplacementMoves Next(in Tally now, in ReplacementBounds bounds)
    {
        var endNew = Math.Max(0, now.New - bounds.Target);
        var spare = Math.Max(0, now.Old - bounds.LeastOld);
        var endWaiting = Take(ref spare, now.OldWaiting);
        var endStarting = Take(ref spare, now.OldStarting);
        var up = now.OldFailing + now.OldServing + now.NewReady;
        var endFailing = Take(ref spare, Math.Min(now.OldFailing, up - bounds.LeastServing));
        var endServing = Take(ref spare, Math.Min(now.OldServing, now.Serving - bounds.LeastServing));

        var occupied = now.Old - now.OldWaiting + now.New + now.Ending;
        var isStuck = bounds.LeastServing == bounds.Capacity && up >= bounds.Capacity;
        var capacity = bounds.Capacity + (isStuck && bounds.MayExceed ? 1 : 0);
        if (isStuck && !bounds.MayExceed && spare > 0 && endFailing + endServing == 0 && now.Ending == 0 && now.New == now.NewReady && now.New < bounds.MostNew && occupied >= capacity)
        {
            (endFailing, endServing) = now.OldFailing > 0 ? (1, 0) : (0, 1);
        }

        var start = Math.Max(0, Math.Min(bounds.MostNew - now.New, capacity - occupied));
        return new(endWaiting, endStarting, endFailing, endServing, endNew, start);
    }

    private static int Take(ref int spare, int wanted)
    {
        var taken = Math.Clamp(wanted, 0, spare);
        spare -= taken;
        return taken;
    }
}
