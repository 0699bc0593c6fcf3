using System.Diagnostics.CodeAnalysis;
using Tepui.Model.Identifiers;

namespace Tepui.Agent.Core.Containers;

/// <summary>The containers that are not known to have ended.</summary>
internal sealed class ContainerTable
{
    private readonly Dictionary<ContainerId, ContainerRecord> _byId = [];

    public int Count => _byId.Count;

    public void Add(ContainerRecord container) => _byId.Add(container.Id, container);

    public bool TryGet(ContainerId id, [NotNullWhen(true)] out ContainerRecord? container) => _byId.TryGetValue(id, out container);

    public bool Remove(ContainerId id, [NotNullWhen(true)] out ContainerRecord? container) => _byId.Remove(id, out container);

    public List<ContainerRecord> InOrder()
    {
        var all = new List<ContainerRecord>(_byId.Values);
        all.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        return all;
    }
}
