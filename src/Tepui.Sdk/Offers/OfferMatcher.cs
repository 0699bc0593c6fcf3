using Tepui.Protocol.V1;

namespace Tepui.Sdk.Offers;

/// <summary>What to launch on one offer.</summary>
/// <param name="Offer">Where.</param>
/// <param name="Items">What, each with the resources cut for it; empty when nothing fitted.</param>
/// <typeparam name="T">Whatever the framework calls a task that waits.</typeparam>
public sealed record OfferUse<T>(Offer Offer, IReadOnlyList<(T Item, IReadOnlyList<Resource> Resources)> Items);

/// <summary>Places waiting tasks on offers.</summary>
public static class OfferMatcher
{
    /// <summary>Spreads what waits over the offers: each item goes to the offer used least so far that can hold it.</summary>
    /// <param name="offers">In hand.</param>
    /// <param name="waiting">In order of importance; those placed are removed.</param>
    /// <param name="demand">What an item needs.</param>
    /// <returns>One entry per offer, in the order given: launch what it holds, decline it if that is nothing.</returns>
    /// <typeparam name="T">Whatever the framework calls a task that waits.</typeparam>
    public static IReadOnlyList<OfferUse<T>> Place<T>(IEnumerable<Offer> offers, LinkedList<T> waiting, Func<T, TaskDemand> demand)
    {
        var sites = offers.Select(offer => new Site<T>(new(offer), [])).ToArray();
        var free = new PriorityQueue<Site<T>, (int Used, int Order)>();
        for (var i = 0; i < sites.Length; i++)
        {
            free.Enqueue(sites[i], (0, i));
        }

        for (var node = waiting.First; node is not null && free.Count > 0;)
        {
            var next = node.Next;
            if (TryPlace(free, node.Value, demand(node.Value)))
            {
                waiting.Remove(node);
            }

            node = next;
        }

        return [.. sites.Select(site => new OfferUse<T>(site.Left.Offer, site.Items))];
    }

    private static bool TryPlace<T>(PriorityQueue<Site<T>, (int Used, int Order)> free, T item, TaskDemand demand)
    {
        var passed = new List<(Site<T> Site, (int, int) Rank)>();
        var placed = false;
        while (!placed && free.TryDequeue(out var site, out var rank))
        {
            if (site.Left.TryTake(demand, out var taken))
            {
                site.Items.Add((item, taken));
                rank.Used++;
                placed = true;
            }

            passed.Add((site, rank));
        }

        foreach (var (site, rank) in passed)
        {
            free.Enqueue(site, rank);
        }

        return placed;
    }

    private sealed record Site<T>(RemainingOffer Left, List<(T Item, IReadOnlyList<Resource> Resources)> Items);
}
