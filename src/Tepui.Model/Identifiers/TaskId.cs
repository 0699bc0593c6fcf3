namespace Tepui.Model.Identifiers;

/// <summary>Names one task within its framework; chosen by the framework.</summary>
/// <remarks>Compares and sorts ordinally. The default value is no id at all and prints as <c>(no task)</c>.</remarks>
public readonly record struct TaskId(string Value) : IComparable<TaskId>
{
    /// <summary>Whether this is an id, and not the default value.</summary>
    public bool IsSet => !string.IsNullOrEmpty(Value);

    /// <inheritdoc/>
    public int CompareTo(TaskId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => IsSet ? Value : "(no task)";

    /// <summary>As the wire has it.</summary>
    public Protocol.V1.TaskID ToWire() => new() { Value = Value };

    /// <summary>From the wire; the text is not checked here (see <see cref="IdRule"/>).</summary>
    public static TaskId From(Protocol.V1.TaskID? wire) => new(wire?.Value ?? "");
}
