using Tepui.Protocol.Services;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Core.Autoscaling;

/// <summary>Apps that follow load or the clock, and the last decisions about them.</summary>
internal sealed class ScalingTable
{
    private readonly SortedDictionary<PathId, ScalingState> _apps = [];
    private ServiceTree? _seen;

    /// <summary>Last decisions, by app.</summary>
    public IReadOnlyDictionary<PathId, ScalingDecision> Snapshot => _apps.Values.Where(app => app.Last is not null).ToDictionary(app => app.App, app => app.Last!);

    /// <summary>What is known about an app.</summary>
    public ScalingState? Find(PathId app) => _apps.GetValueOrDefault(app);

    /// <summary>Puts what the store held.</summary>
    public void Restore(PathId app, ScalingEntry entry)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(entry.At);
        _apps[app] = new(app)
        {
            Last = new(at, entry.From, entry.To, entry.HasValue ? entry.Value : null, entry.Reason),
            LastChange = at,
            LastIncrease = entry.To > entry.From ? at : null,
        };
    }

    /// <summary>Takes note of the tree: apps that scale begin or end to, and change how.</summary>
    /// <returns>Those whose settings are new.</returns>
    public IReadOnlyList<(ScalingState State, AppSpec App)> Follow(Turn turn)
    {
        var tree = turn.State.Catalog.Tree;
        if (ReferenceEquals(tree, _seen))
        {
            return [];
        }

        _seen = tree;
        foreach (var gone in _apps.Values.Where(state => !Scales(tree.Spec(state.App))).ToList())
        {
            gone.Stop();
            _apps.Remove(gone.App);
            turn.Persist(StoreKeys.Scaling(gone.App), entry: null);
        }

        return [.. tree.Specs.Values.OfType<AppSpec>().Where(Scales).Select(app => (State: Of(app.Id), App: app)).Where(item => IsNew(item.State, item.App))];
    }

    private static bool Scales(RunSpec? spec) => spec is AppSpec app && (app.Autoscaling is not null || app.Schedule.Count > 0);

    private static bool IsNew(ScalingState state, AppSpec app) => state.Policy != app.Autoscaling || !state.Schedule.SequenceEqual(app.Schedule);

    private ScalingState Of(PathId app)
    {
        if (!_apps.TryGetValue(app, out var state))
        {
            _apps[app] = state = new(app);
        }

        return state;
    }
}
