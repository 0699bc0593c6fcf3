namespace Tepui.Model.Identifiers;

/// <summary>Names one framework across its restarts and failovers; the master hands it out when the framework first subscribes.</summary>
/// <remarks>Compares and sorts ordinally. The default value is no id at all and prints as <c>(no framework)</c>.</remarks>
public readonly record struct FrameworkId(string Value) : IComparable<FrameworkId>
{
    /// <summary>Whether this is an id, and not the default value.</summary>
    public bool IsSet => !string.IsNullOrEmpty(Value);

    /// <inheritdoc/>
    public int CompareTo(FrameworkId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => IsSet ? Value : "(no framework)";

    /// <summary>As the wire has it.</summary>
    public Protocol.V1.FrameworkID ToWire() => new() { Value = Value };

    /// <summary>From the wire; the text is not checked here (see <see cref="IdRule"/>).</summary>
    public static FrameworkId From(Protocol.V1.FrameworkID? wire) => new(wire?.Value ?? "");
}
