using V1 = Tepui.Protocol.V1;

namespace Tepui.Model.Resources;

/// <summary>One level of a reservation stack. Immutable; labels compare without regard to their order.</summary>
public sealed class Reservation : IEquatable<Reservation>
{
    private readonly V1.Resource.Types.ReservationInfo _wire;
    private readonly string _labelsKey;

    private Reservation(V1.Resource.Types.ReservationInfo wire)
    {
        _wire = wire;
        _labelsKey = LabelsKey(wire.Labels);
    }

    /// <summary>Made while the pool runs (by RESERVE), as opposed to at the start of the agent.</summary>
    public bool IsDynamic => _wire.Type == V1.Resource.Types.ReservationInfo.Types.Type.Dynamic;

    /// <summary>Who may use what is reserved: this role and those below it.</summary>
    public string Role => _wire.Role;

    /// <summary>Who reserved; <see langword="null"/> if not known.</summary>
    public string? Principal => _wire.HasPrincipal ? _wire.Principal : null;

    /// <summary>A reservation made at the start of an agent.</summary>
    public static Reservation Static(string role) =>
        new(new() { Type = V1.Resource.Types.ReservationInfo.Types.Type.Static, Role = role });

    /// <summary>A reservation made by an operation.</summary>
    public static Reservation Dynamic(string role, string? principal = null, V1.Labels? labels = null)
    {
        var wire = new V1.Resource.Types.ReservationInfo { Type = V1.Resource.Types.ReservationInfo.Types.Type.Dynamic, Role = role, Labels = labels?.Clone() };
        if (principal is not null)
        {
            wire.Principal = principal;
        }

        return new(wire);
    }

    /// <summary>From the form with type and role; copied.</summary>
    public static Reservation From(V1.Resource.Types.ReservationInfo wire) => new(wire.Clone());

    /// <summary>As the wire has it; a copy.</summary>
    public V1.Resource.Types.ReservationInfo ToWire() => _wire.Clone();

    /// <inheritdoc/>
    public bool Equals(Reservation? other) =>
        other is not null && _wire.Type == other._wire.Type && Role == other.Role
        && Principal == other.Principal && _labelsKey == other._labelsKey;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Reservation);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_wire.Type, Role, Principal, _labelsKey);

    private static string LabelsKey(V1.Labels? labels)
    {
        if (labels is null || labels.Labels_.Count == 0)
        {
            return "";
        }

        var parts = new List<string>();
        foreach (var label in labels.Labels_)
        {
            parts.Add($"{label.Key.Length}:{label.Key}{(label.HasValue ? "=" + label.Value.Length + ":" + label.Value : "")}");
        }

        parts.Sort(StringComparer.Ordinal);
        return string.Concat(parts);
    }
}
