namespace Tepui.Model.Identifiers;

/// <summary>Names one offer; the master hands it out.</summary>
/// <remarks>Compares and sorts ordinally. The default value is no id at all and prints as <c>(no offer)</c>.</remarks>
public readonly record struct OfferId(string Value) : IComparable<OfferId>
{
    /// <summary>Whether this is an id, and not the default value.</summary>
    public bool IsSet => !string.IsNullOrEmpty(Value);

    /// <inheritdoc/>
    public int CompareTo(OfferId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => IsSet ? Value : "(no offer)";

    /// <summary>As the wire has it.</summary>
    public Protocol.V1.OfferID ToWire() => new() { Value = Value };

    /// <summary>From the wire; the text is not checked here (see <see cref="IdRule"/>).</summary>
    public static OfferId From(Protocol.V1.OfferID? wire) => new(wire?.Value ?? "");
}
