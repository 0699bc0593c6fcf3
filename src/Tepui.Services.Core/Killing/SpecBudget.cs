using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Killing;

/// <summary>The unhealthy instances of one app or pod, and how many of them may be replaced now.</summary>
internal sealed class SpecBudget(PathId spec)
{
    /// <summary>Fewer never count as turning unhealthy together, unless there are no more.</summary>
    private const int LeastTogether = 3;

    /// <summary>Whose.</summary>
    public PathId Spec { get; } = spec;

    /// <summary>Unhealthy instances, and when they turned.</summary>
    public Dictionary<InstanceId, DateTimeOffset> Unhealthy { get; } = [];

    /// <summary>Those of them that should be replaced, and why.</summary>
    public Dictionary<InstanceId, string> Waiting { get; } = [];

    /// <summary>Instances replaced lately: when they turned, and when they were replaced.</summary>
    public List<(DateTimeOffset Turned, DateTimeOffset Replaced)> Recent { get; } = [];

    /// <summary>Replacements under the limit whose successor is not healthy yet: when they began.</summary>
    public List<DateTimeOffset> Open { get; } = [];

    /// <summary>What was seen, while replacement is limited.</summary>
    public string? Limit { get; set; }

    /// <summary>Whether there is nothing to remember.</summary>
    public bool IsIdle => Unhealthy.Count == 0 && Waiting.Count == 0 && Recent.Count == 0 && Limit is null;

    /// <summary>Instances of the spec, wanted or there.</summary>
    public int Size(ServicesState state) =>
        Math.Max(state.Catalog.Tree.Spec(Spec)?.Instances ?? 0, state.Instances.Of(Spec).All.Count(instance => instance.IsWanted));

    /// <summary>How many may be replaced at a time under the limit.</summary>
    public int Allowed(ServicesState state) => Math.Max(1, (int)Math.Floor(state.Options.KillBudgetShare * Size(state)));

    /// <summary>So many unhealthy ones are no coincidence.</summary>
    public int Many(ServicesState state)
    {
        var size = Size(state);
        return Math.Max(Math.Max(2, (int)Math.Ceiling(state.Options.CorrelatedFailureShare * size)), Math.Min(LeastTogether, size));
    }

    /// <summary>How many turned unhealthy within the window around the time one of them did.</summary>
    public int Together(ServicesOptions options, DateTimeOffset turned) =>
        Unhealthy.Values.Concat(Recent.Select(item => item.Turned)).Count(other => (other - turned).Duration() <= options.CorrelatedFailureWindow);

    /// <summary>Forgets replacements from long ago.</summary>
    public void Prune(DateTimeOffset before) => Recent.RemoveAll(item => item.Replaced < before);
}
