using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Tepui.Protocol.V1;

namespace Tepui.Master.Core.Counters;

/// <summary>What was counted since the start, by metric name.</summary>
internal sealed class CounterTable
{
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<(TaskState, TaskStatus.Types.Source, TaskStatus.Types.Reason), string> _details = [];

    /// <summary>Starts with the counters that are always shown.</summary>
    public CounterTable()
    {
        foreach (var name in CounterNames.Always)
        {
            _counts.Add(name, 0);
        }
    }

    /// <summary>Counts <paramref name="more"/> of something.</summary>
    public void Add(string name, long more = 1) => CollectionsMarshal.GetValueRefOrAddDefault(_counts, name, out _) += more;

    /// <summary>Counts a task that ended, and how, as in <c>master/task_lost/source_master/reason_slave_removed</c>.</summary>
    public void TaskEnded(TaskState state, TaskStatus? status)
    {
        if (CounterNames.Ended(state) is { } name)
        {
            Add(name);
        }

        if (status is { HasSource: true, HasReason: true })
        {
            var key = (state, status.Source, status.Reason);
            if (!_details.TryGetValue(key, out var detail))
            {
                _details.Add(key, detail = CounterNames.Detail(state, status.Source, status.Reason));
            }

            Add(detail);
        }
    }

    /// <summary>All counts, those of frameworks included.</summary>
    public ImmutableSortedDictionary<string, long> View(IEnumerable<FrameworkMetrics> frameworks)
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        all.AddRange(_counts);
        foreach (var framework in frameworks)
        {
            framework.AddTo(all);
        }

        return all.ToImmutable();
    }
}
