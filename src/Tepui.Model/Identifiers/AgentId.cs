namespace Tepui.Model.Identifiers;

/// <summary>Names one agent for as long as its checkpointed state lives; the master hands it out at registration.</summary>
/// <remarks>Compares and sorts ordinally. The default value is no id at all and prints as <c>(no agent)</c>.</remarks>
public readonly record struct AgentId(string Value) : IComparable<AgentId>
{
    /// <summary>Whether this is an id, and not the default value.</summary>
    public bool IsSet => !string.IsNullOrEmpty(Value);

    /// <inheritdoc/>
    public int CompareTo(AgentId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => IsSet ? Value : "(no agent)";

    /// <summary>As the wire has it.</summary>
    public Protocol.V1.AgentID ToWire() => new() { Value = Value };

    /// <summary>From the wire; the text is not checked here (see <see cref="IdRule"/>).</summary>
    public static AgentId From(Protocol.V1.AgentID? wire) => new(wire?.Value ?? "");
}
