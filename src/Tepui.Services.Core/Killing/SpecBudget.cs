using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Killing;

/// <summary>The unhealthy instances of one app or pod, and how many of them may be replaced now.</summary>
internal sealed class SpecBudget(PathId spec, PoolBudget pool)
{
    /// <summary>Fewer never count as turning unhealthy together, unless there are no more.</summary>
    private const int LeastTogether = 3;

    private readonly Dictionary<InstanceId, DateTimeOffset> _unhealthy = [];
    private readonly List<(DateTimeOffset Turned, DateTimeOffset Replaced)> _recent = [];
    private readonly HashSet<InstanceId> _known = [];

    /// <summary>Whose.</summary>
    public PathId Spec { get; } = spec;

    /// <summary>Unhealthy instances, and when they turned.</summary>
    public IReadOnlyDictionary<InstanceId, DateTimeOffset> Unhealthy => _unhealthy;

    /// <summary>Those of them that should be replaced, and why.</summary>
    public Dictionary<InstanceId, string> Waiting { get; } = [];

    /// <summary>Replacements under the limit whose successor is not healthy yet.</summary>
    public int Open { get; private set; }

    /// <summary>What was seen, while replacement is limited.</summary>
    public string? Limit { get; private set; }

    /// <summary>Whether there is nothing to remember.</summary>
    public bool IsIdle => _unhealthy.Count == 0 && Waiting.Count == 0 && _recent.Count == 0 && Limit is null;

    /// <summary>Unhealthy instances and those replaced lately.</summary>
    public int Seen => _unhealthy.Count + _recent.Count;

    /// <summary>Instances of the spec, wanted or there.</summary>
    public int Size(ServicesState state) => Math.Max(state.Catalog.Tree.Spec(Spec)?.Instances ?? 0, state.Instances.Of(Spec).Roster.Wanted);

    /// <summary>How many may be replaced at a time under the limit.</summary>
    public int Allowed(ServicesState state) => Math.Max(1, (int)Math.Floor(state.Options.KillBudgetShare * Size(state)));

    /// <summary>Whether so many unhealthy ones are no coincidence.</summary>
    public bool IsMany(ServicesState state, int unhealthy)
    {
        var size = Size(state);
        return unhealthy >= 2 && unhealthy >= state.Options.CorrelatedFailureShare * size && unhealthy >= Math.Min(LeastTogether, size);
    }

    /// <summary>How many turned unhealthy within the window around a time, those replaced meanwhile included.</summary>
    public int Together(ServicesOptions options, DateTimeOffset turned) =>
        _unhealthy.Values.Concat(_recent.Select(item => item.Turned)).Count(other => (other - turned).Duration() <= options.CorrelatedFailureWindow);

    /// <summary>An instance turned unhealthy, unless it was.</summary>
    public void Turned(InstanceId instance, DateTimeOffset at)
    {
        if (_unhealthy.TryAdd(instance, at))
        {
            pool.Unhealthy++;
            pool.Specs += _unhealthy.Count == 1 ? 1 : 0;
        }
    }

    /// <summary>An instance is healthy again, or over.</summary>
    /// <returns>Whether it was unhealthy.</returns>
    public bool Leave(InstanceId instance)
    {
        Waiting.Remove(instance);
        if (!_unhealthy.Remove(instance))
        {
            return false;
        }

        pool.Unhealthy--;
        pool.Specs -= _unhealthy.Count == 0 ? 1 : 0;
        return true;
    }

    /// <summary>An instance is replaced now.</summary>
    public void Replaced(InstanceId instance, DateTimeOffset now)
    {
        _recent.Add((_unhealthy.GetValueOrDefault(instance, now), now));
        Leave(instance);
        if (Limit is not null)
        {
            _known.Remove(instance);
            Open++;
            pool.Open++;
        }
    }

    /// <summary>If this is a successor under the limit, the replacement it came by is done: it is healthy, or is to be replaced itself.</summary>
    /// <returns>Whether it is one.</returns>
    public bool Settle(InstanceId instance)
    {
        if (Limit is null || !_known.Add(instance))
        {
            return false;
        }

        pool.Open -= Math.Min(Open, 1);
        Open = Math.Max(0, Open - 1);
        return true;
    }

    /// <summary>Whether another one may be replaced now.</summary>
    public bool HasRoom(ServicesState state) => Limit is null || (Open < Allowed(state) && pool.HasRoom(state));

    /// <summary>Whose turn it is: the one that turned first.</summary>
    public InstanceId First => Waiting.Keys.MinBy(id => (_unhealthy.GetValueOrDefault(id), id));

    /// <summary>Begins or ends the limit. Instances that come later are successors.</summary>
    public void SetLimit(string? limit, IEnumerable<InstanceId> present)
    {
        Limit = limit;
        pool.Open -= Open;
        Open = 0;
        _known.Clear();
        _known.UnionWith(present);
    }

    /// <summary>Forgets replacements from long ago.</summary>
    public void Prune(DateTimeOffset before) => _recent.RemoveAll(item => item.Replaced < before);
}
