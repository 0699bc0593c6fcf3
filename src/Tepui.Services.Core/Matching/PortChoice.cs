using Tepui.Model.Resources;
using Resource = Tepui.Protocol.V1.Resource;

namespace Tepui.Services.Core.Matching;

/// <summary>Chooses ports on an agent: the fixed ones, and others from a random start on.</summary>
internal static class PortChoice
{
    /// <summary>Whether the ports a plan needs are there.</summary>
    public static bool IsPossible(LaunchPlan plan, Usable usable)
    {
        var (any, fixedPorts) = Wishes(plan);
        if (any == 0 && fixedPorts.Count == 0)
        {
            return true;
        }

        if (fixedPorts.Distinct().Count() < fixedPorts.Count)
        {
            return false;
        }

        var left = usable.PortPiles().Sum(pile => pile.Ports.Count);
        return left >= any + fixedPorts.Count && fixedPorts.TrueForAll(port => usable.PortPiles().Any(pile => pile.Ports.Contains(One(port))));
    }

    /// <summary>Chooses ports for all parts of a plan; only if <see cref="IsPossible"/>.</summary>
    /// <returns>For each part its ports, <see langword="null"/> where none is needed.</returns>
    public static IReadOnlyList<IReadOnlyList<int?>> Choose(LaunchPlan plan, Usable usable, Random random)
    {
        var (any, fixedPorts) = Wishes(plan);
        var free = new Queue<int>(any);
        var excluded = Ranges(fixedPorts);
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

    private static (int Any, List<int> Fixed) Wishes(LaunchPlan plan)
    {
        var any = 0;
        var fixedPorts = new List<int>();
        foreach (var wish in plan.Parts.SelectMany(part => part.Ports))
        {
            if (wish.Kind == PortWishKind.Fixed)
            {
                fixedPorts.Add(wish.Number);
            }

            any += wish.Kind == PortWishKind.Any ? 1 : 0;
        }

        return (any, fixedPorts);
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
