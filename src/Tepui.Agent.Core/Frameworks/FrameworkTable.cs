using System.Diagnostics.CodeAnalysis;
using Tepui.Model.Identifiers;

namespace Tepui.Agent.Core.Frameworks;

/// <summary>The frameworks with something here, and the last ones that had.</summary>
internal sealed class FrameworkTable(AgentOptions options)
{
    private readonly Dictionary<FrameworkId, FrameworkRecord> _active = [];
    private readonly List<FrameworkRecord> _completed = [];

    public IReadOnlyList<FrameworkRecord> Completed => _completed;

    public int Count => _active.Count;

    public bool TryGet(FrameworkId id, [NotNullWhen(true)] out FrameworkRecord? framework) => _active.TryGetValue(id, out framework);

    /// <summary>The record of a framework; one that had something here before comes back with its history.</summary>
    public FrameworkRecord GetOrAdd(AgentState state, FrameworkId id)
    {
        if (_active.TryGetValue(id, out var framework))
        {
            return framework;
        }

        var old = _completed.FindIndex(completed => completed.Id == id);
        if (old >= 0)
        {
            framework = _completed[old];
            framework.IsEnding = false;
            _completed.RemoveAt(old);
        }
        else
        {
            framework = new FrameworkRecord(id, state.NextNumber());
        }

        _active.Add(id, framework);
        return framework;
    }

    /// <summary>Moves a framework to the completed ones; one that never ran anything here is forgotten. Returns the oldest completed one when they are too many: it is shown no more.</summary>
    public FrameworkRecord? Complete(FrameworkRecord framework)
    {
        _active.Remove(framework.Id);
        framework.View = null;
        if (framework.CompletedExecutors.Count == 0)
        {
            return null;
        }

        _completed.Add(framework);
        if (_completed.Count <= options.MaxCompletedFrameworks)
        {
            return null;
        }

        var oldest = _completed[0];
        _completed.RemoveAt(0);
        return oldest;
    }

    /// <summary>All active ones, in the order they came.</summary>
    public List<FrameworkRecord> InOrder()
    {
        var all = new List<FrameworkRecord>(_active.Values);
        all.Sort(static (a, b) => a.Number.CompareTo(b.Number));
        return all;
    }
}
