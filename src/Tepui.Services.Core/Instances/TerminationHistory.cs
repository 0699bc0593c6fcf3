using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Instances;

/// <summary>The last instances of each pod that are over, for readers of its status. Not persisted.</summary>
internal sealed class TerminationHistory
{
    /// <summary>How many are kept per pod.</summary>
    public const int Length = 10;

    private readonly Dictionary<PathId, IReadOnlyList<Instance>> _bySpec = [];

    /// <summary>By pod, newest first.</summary>
    public IReadOnlyDictionary<PathId, IReadOnlyList<Instance>> Snapshot => new Dictionary<PathId, IReadOnlyList<Instance>>(_bySpec);

    /// <summary>Takes note of an instance; only those of pods have containers to tell of.</summary>
    public void Add(Instance instance)
    {
        if (instance.Tasks is [{ Container: not null }, ..])
        {
            _bySpec[instance.Spec] = [instance, .. (_bySpec.GetValueOrDefault(instance.Spec) ?? []).Take(Length - 1)];
        }
    }

    /// <summary>A pod is gone.</summary>
    public void Forget(PathId spec) => _bySpec.Remove(spec);
}
