using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Scaling;

/// <summary>Chooses which instances go when there are too many.</summary>
internal static class Victims
{
    private static readonly Standing[] Order = [Standing.Starting, Standing.Unreachable, Standing.Unhealthy, Standing.Unready, Standing.Unproven, Standing.Healthy];

    /// <summary>All that count for this, over several configurations, oldest configuration first. Not to be kept over a change.</summary>
    public static IEnumerable<InstanceId> Of(IEnumerable<Cohort> cohorts, Standing standing) => cohorts.SelectMany(cohort => cohort.Of(standing));

    /// <summary>Some that count for any of these, in the order of the standings, then by the spec's selection.</summary>
    public static IReadOnlyList<InstanceId> Take(IEnumerable<Cohort> cohorts, RunSpec spec, int count, params ReadOnlySpan<Standing> standings)
    {
        if (count <= 0)
        {
            return [];
        }

        var taken = new List<InstanceId>();
        foreach (var standing in standings)
        {
            foreach (var cohort in cohorts)
            {
                taken.AddRange(cohort.Of(standing, spec.KillSelection).Take(count - taken.Count));
            }
        }

        return taken;
    }

    /// <summary>Some of all that were asked for: those that wait for an offer, then those that make places uneven where the spec wants them even (GROUP_BY), then those that are of least use, older configurations before the present one, then by the spec's selection.</summary>
    public static IReadOnlyList<InstanceId> TakeSurplus(ServicesState state, IReadOnlyCollection<Cohort> cohorts, RunSpec spec, int count)
    {
        var waiting = Take(cohorts, spec, count, Standing.Waiting);
        if (waiting.Count == count)
        {
            return waiting;
        }

        var fields = spec.Constraints.Where(constraint => constraint.Operator == ConstraintOperator.GroupBy).Select(constraint => constraint.Field).ToList();
        return fields.Count == 0
            ? [.. waiting, .. Take(cohorts, spec, count - waiting.Count, Order)]
            : [.. waiting, .. TakeEvenly(state, Take(cohorts, spec, int.MaxValue, Order), fields, count - waiting.Count)];
    }

    // From the fullest place each time; the order of candidates decides within a place and between places that are equally full.
    private static IEnumerable<InstanceId> TakeEvenly(ServicesState state, IReadOnlyList<InstanceId> candidates, List<string> fields, int count)
    {
        var places = new Places(fields.Count);
        for (var rank = 0; rank < candidates.Count; rank++)
        {
            var host = state.Instances.Find(candidates[rank])!.Host;
            places.Add(rank, [.. fields.Select(field => host is null ? "" : HostField.Of(host, field) ?? "")]);
        }

        return Enumerable.Range(0, Math.Min(count, candidates.Count)).Select(_ => candidates[places.TakeFromFullest()]);
    }

    private sealed class Places(int fields)
    {
        private readonly Dictionary<string, int>[] _counts = [.. Enumerable.Range(0, fields).Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))];
        private readonly Dictionary<string, (string[] Values, Queue<int> Ranks)> _members = new(StringComparer.Ordinal);

        public void Add(int rank, string[] values)
        {
            for (var field = 0; field < values.Length; field++)
            {
                _counts[field][values[field]] = _counts[field].GetValueOrDefault(values[field]) + 1;
            }

            var key = string.Join('\n', values);
            if (!_members.TryGetValue(key, out var place))
            {
                _members[key] = place = (values, new());
            }

            place.Ranks.Enqueue(rank);
        }

        public int TakeFromFullest()
        {
            var fullest = _members.Values.Where(place => place.Ranks.Count > 0).Aggregate((fullest, place) => Compare(place, fullest) > 0 ? place : fullest);

            for (var field = 0; field < fields; field++)
            {
                _counts[field][fullest.Values[field]]--;
            }

            return fullest.Ranks.Dequeue();
        }

        private int Compare((string[] Values, Queue<int> Ranks) left, (string[] Values, Queue<int> Ranks) right)
        {
            for (var field = 0; field < fields; field++)
            {
                var difference = _counts[field][left.Values[field]].CompareTo(_counts[field][right.Values[field]]);
                if (difference != 0)
                {
                    return difference;
                }
            }

            return right.Ranks.Peek().CompareTo(left.Ranks.Peek());
        }
    }
}
