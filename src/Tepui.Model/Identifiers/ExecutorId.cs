namespace Tepui.Model.Identifiers;

/// <summary>Names one executor within its framework and agent; chosen by the framework.</summary>
/// <remarks>Compares and sorts ordinally. The default value is no id at all and prints as <c>(no executor)</c>.</remarks>
public readonly record struct ExecutorId(string Value) : IComparable<ExecutorId>
{
    /// <summary>Whether this is an id, and not the default value.</summary>
    public bool IsSet => !string.IsNullOrEmpty(Value);

    /// <inheritdoc/>
    public int CompareTo(ExecutorId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => IsSet ? Value : "(no executor)";

    /// <summary>As the wire has it.</summary>
    public Protocol.V1.ExecutorID ToWire() => new() { Value = Value };

    /// <summary>From the wire; the text is not checked here (see <see cref="IdRule"/>).</summary>
    public static ExecutorId From(Protocol.V1.ExecutorID? wire) => new(wire?.Value ?? "");
}
