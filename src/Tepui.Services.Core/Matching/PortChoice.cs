using Tepui.Model.Resources;
using Resource = Tepui.Protocol.V1.Resource;

namespace Tepui.Services.Core.Matching;

/// <summary>Chooses ports on an agent: the fixed ones, and others from a random start on.</summary>
internal static class PortChoice
{
    /// <summary>Whether the ports a plan needs are there.</summary>
    public static bool IsPossible(LaunchPlan plan, Usable usable)
    {
        if (plan.AnyPorts == 0 && plan.FixedPorts.Count == 0)
        {
            return true;
        }

        var left = usable.CountPorts();
        if (left < plan.AnyPorts + plan.FixedPorts.Count)
        {
            return false;
        }

        return plan.FixedPorts.Count == 0
            || (plan.FixedPorts.Distinct().Count() == plan.FixedPorts.Count && plan.FixedPorts.All(port => usable.PortPiles().Any(pile => pile.Ports.Contains(One(port)))));
    }

    /// <summary>Chooses ports for all parts of a plan; only if <see cref="IsPossible"/>.</summary>
    /// <returns>For each part its ports, <see langword="null"/> where none is needed.</returns>
    public static IReadOnlyList<IReadOnlyList<int?>> Choose(LaunchPlan plan, Usable usable, Random random)
    {
        var any = plan.AnyPorts;
        var free = new Queue<int>(any);
        var excluded = Ranges(plan.FixedPorts);
        foreach (var pile in usable.PortPiles())
        {
            if (free.Count == any)
            {
                break;
            }

            Draw(pile.Ports.Subtract(excluded), any, random, free);
        }

        return [.. plan.Parts.Select(part => (IReadOnlyList<int?>)[.. part.Ports.Select(wish => wish.Kind switch
        {
            PortWishKind.None => (int?)null,
            PortWishKind.Fixed => wish.Number,
            _ => free.Dequeue(),
        })])];
    }

    /// <summary>Cuts chosen ports off.</summary>
    public static void Take(IEnumerable<int?> ports, Usable usable, List<Resource> taken)
    {
        var wanted = Ranges(ports.OfType<int>());
        foreach (var pile in wanted.IsEmpty ? [] : usable.PortPiles())
        {
            var here = wanted.Subtract(wanted.Subtract(pile.Ports));
            if (!here.IsEmpty)
            {
                taken.Add(pile.Take(here));
                wanted = wanted.Subtract(here);
            }
        }
    }

    // From a random port on, round the end of the ranges, until there are enough or none is left.
    private static void Draw(ResourceRanges ports, int count, Random random, Queue<int> drawn)
    {
        var total = ports.Count;
        if (total == 0)
        {
            return;
        }

        var start = random.NextInt64(total);
        for (var i = 0L; i < total && drawn.Count < count; i++)
        {
            drawn.Enqueue(At(ports, (start + i) % total));
        }
    }

    private static int At(ResourceRanges ports, long index)
    {
        foreach (var range in ports.Ranges)
        {
            var size = (long)(range.End - range.Begin) + 1;
            if (index < size)
            {
                return (int)range.Begin + (int)index;
            }

            index -= size;
        }

        throw new ArgumentOutOfRangeException(nameof(index));
    }

    private static ResourceRanges One(int port) => ResourceRanges.Of((ulong)port, (ulong)port);

    private static ResourceRanges Ranges(IEnumerable<int> ports) => ResourceRanges.From(ports.Select(port => new ResourceRange((ulong)port, (ulong)port)));
}
