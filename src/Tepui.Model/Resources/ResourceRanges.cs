using System.Numerics;

namespace Tepui.Model.Resources;

/// <summary>A set of whole numbers as ranges, sorted, apart and never adjacent. Immutable.</summary>
public sealed class ResourceRanges : IEquatable<ResourceRanges>
{
    private readonly ResourceRange[] _ranges;

    private ResourceRanges(ResourceRange[] ranges) => _ranges = ranges;

    /// <summary>No numbers.</summary>
    public static ResourceRanges Empty { get; } = new([]);

    /// <summary>The ranges, ascending.</summary>
    public ReadOnlySpan<ResourceRange> Ranges => _ranges;

    /// <summary>Whether no number is in it.</summary>
    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>How many numbers are in it, at most <see cref="long.MaxValue"/>.</summary>
    public long Count
    {
        get
        {
            UInt128 sum = 0;
            foreach (var range in _ranges)
            {
                sum += (UInt128)(range.End - range.Begin) + 1;
            }

            return sum > long.MaxValue ? long.MaxValue : (long)sum;
        }
    }

    /// <summary>One range.</summary>
    public static ResourceRanges Of(ulong begin, ulong end)
    {
        Invariant.Holds(begin <= end);
        return new([new(begin, end)]);
    }

    /// <summary>Ranges in any order; overlapping and adjacent ones become one.</summary>
    public static ResourceRanges From(IEnumerable<ResourceRange> ranges)
    {
        ResourceRange[] sorted = [.. ranges];
        if (sorted.Length == 0)
        {
            return Empty;
        }

        Array.Sort(sorted, static (a, b) => a.Begin.CompareTo(b.Begin));
        var used = 0;
        foreach (var range in sorted)
        {
            Invariant.Holds(range.Begin <= range.End);
            used = Append(sorted, used, range);
        }

        return new(used == sorted.Length ? sorted : sorted[..used]);
    }

    /// <summary>The numbers in either.</summary>
    public ResourceRanges Add(ResourceRanges other)
    {
        if (other.IsEmpty)
        {
            return this;
        }

        if (IsEmpty)
        {
            return other;
        }

        var a = _ranges;
        var b = other._ranges;
        var result = new ResourceRange[a.Length + b.Length];
        int i = 0, j = 0, used = 0;
        while (i < a.Length || j < b.Length)
        {
            var next = j == b.Length || (i < a.Length && a[i].Begin <= b[j].Begin) ? a[i++] : b[j++];
            used = Append(result, used, next);
        }

        return new(used == result.Length ? result : result[..used]);
    }

    /// <summary>The numbers in this and not in <paramref name="other"/>.</summary>
    public ResourceRanges Subtract(ResourceRanges other)
    {
        if (other.IsEmpty || IsEmpty)
        {
            return this;
        }

        var b = other._ranges;
        var result = new ResourceRange[_ranges.Length + b.Length];
        int j = 0, used = 0;
        foreach (var range in _ranges)
        {
            var begin = range.Begin;
            var open = true;
            while (j < b.Length && b[j].End < begin)
            {
                j++;
            }

            for (var k = j; k < b.Length && b[k].Begin <= range.End; k++)
            {
                if (b[k].Begin > begin)
                {
                    result[used++] = new(begin, b[k].Begin - 1);
                }

                if (b[k].End >= range.End)
                {
                    open = false;
                    break;
                }

                begin = b[k].End + 1;
            }

            if (open)
            {
                result[used++] = new(begin, range.End);
            }
        }

        return used == 0 ? Empty : new(used == result.Length ? result : result[..used]);
    }

    /// <summary>Whether every number of <paramref name="other"/> is in this.</summary>
    public bool Contains(ResourceRanges other)
    {
        var i = 0;
        foreach (var range in other._ranges)
        {
            while (i < _ranges.Length && _ranges[i].End < range.Begin)
            {
                i++;
            }

            if (i == _ranges.Length || _ranges[i].Begin > range.Begin || _ranges[i].End < range.End)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The lowest <paramref name="count"/> numbers, or all if there are fewer.</summary>
    public ResourceRanges Lowest(long count)
    {
        var result = new List<ResourceRange>();
        foreach (var range in _ranges)
        {
            if (count <= 0)
            {
                break;
            }

            var rest = range.End - range.Begin;
            var take = Math.Min(rest, (ulong)count - 1);
            result.Add(new(range.Begin, range.Begin + take));
            count = take == ulong.MaxValue ? 0 : count - (long)Math.Min(take + 1, long.MaxValue);
        }

        return result.Count == 0 ? Empty : new([.. result]);
    }

    /// <inheritdoc/>
    public bool Equals(ResourceRanges? other) => other is not null && _ranges.AsSpan().SequenceEqual(other._ranges);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ResourceRanges);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 17UL;
        foreach (var range in _ranges)
        {
            hash = BitOperations.RotateLeft(hash, 13) ^ (range.Begin * 31) ^ range.End;
        }

        return hash.GetHashCode();
    }

    /// <summary>As in <c>[31000-31005, 32000-32000]</c>.</summary>
    public override string ToString() => "[" + string.Join(", ", _ranges) + "]";

    /// <summary>Puts <paramref name="range"/> behind the <paramref name="used"/> first ones, whose begins are not above its own; gives how many there are then.</summary>
    private static int Append(ResourceRange[] target, int used, ResourceRange range)
    {
        if (used > 0)
        {
            var last = target[used - 1];
            if (last.End == ulong.MaxValue || range.Begin <= last.End + 1)
            {
                target[used - 1] = new(last.Begin, Math.Max(last.End, range.End));
                return used;
            }
        }

        target[used] = range;
        return used + 1;
    }
}
