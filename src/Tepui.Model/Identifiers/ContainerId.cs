namespace Tepui.Model.Identifiers;

/// <summary>Names one container on an agent; a child's text is <c>parent.child</c>. The agent makes the ids of top-level containers (random UUIDs).</summary>
/// <remarks>Compares and sorts ordinally. The default value is no id at all and prints as <c>(no container)</c>.</remarks>
public readonly record struct ContainerId(string Value) : IComparable<ContainerId>
{
    /// <summary>Whether this is an id, and not the default value.</summary>
    public bool IsSet => !string.IsNullOrEmpty(Value);

    /// <summary>The container this one is nested in, or the default value for a top-level one.</summary>
    public ContainerId Parent => IsSet && Value.LastIndexOf('.') is > 0 and var dot ? new(Value[..dot]) : default;

    /// <summary>A container nested in this one.</summary>
    public ContainerId Child(string name) => new($"{Value}.{name}");

    /// <inheritdoc/>
    public int CompareTo(ContainerId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => IsSet ? Value : "(no container)";

    /// <summary>As the wire has it: own name, and the parents as a chain.</summary>
    public Protocol.V1.ContainerID ToWire()
    {
        var wire = new Protocol.V1.ContainerID { Value = Value[(Value.LastIndexOf('.') + 1)..] };
        if (Parent is { IsSet: true } parent)
        {
            wire.Parent = parent.ToWire();
        }

        return wire;
    }

    /// <summary>From the wire; the text is not checked here.</summary>
    public static ContainerId From(Protocol.V1.ContainerID? wire) =>
        wire is null ? default : wire.Parent is null ? new(wire.Value) : From(wire.Parent).Child(wire.Value);
}
