namespace Tepui.Services.Core.Instances;

/// <summary>Names one instance: <c>prod_db.instance-&lt;uuid&gt;</c>.</summary>
public readonly record struct InstanceId(string Value) : IComparable<InstanceId>
{
    /// <summary>Whether this is an id, and not the default value.</summary>
    public bool IsSet => !string.IsNullOrEmpty(Value);

    /// <inheritdoc/>
    public int CompareTo(InstanceId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => IsSet ? Value : "(no instance)";
}
