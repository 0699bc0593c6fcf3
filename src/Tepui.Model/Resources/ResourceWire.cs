using V1 = Tepui.Protocol.V1;

namespace Tepui.Model.Resources;

/// <summary>Between our resources and those of the wire.</summary>
internal static class ResourceWire
{
    public static Resource Read(V1.Resource wire)
    {
        var kind = wire.Type switch
        {
            V1.Value.Types.Type.Scalar => ResourceKind.Scalar,
            V1.Value.Types.Type.Ranges => ResourceKind.Ranges,
            _ => ResourceKind.Set,
        };
        var identity = ResourceIdentity.Get(
            wire.Name,
            kind,
            ReadReservations(wire),
            DiskShape.From(wire.Disk),
            wire.Revocable is not null,
            wire.Shared is not null,
            wire.ProviderId?.Value,
            wire.AllocationInfo is { HasRole: true } allocation ? allocation.Role : null);
        return kind switch
        {
            ResourceKind.Scalar => Resource.Of(identity, Thousandths.FromDouble(wire.Scalar?.Value ?? 0)),
            ResourceKind.Ranges => Resource.Of(identity, ReadRanges(wire.Ranges)),
            _ => Resource.Of(identity, ResourceItems.From(wire.Set?.Item ?? [])),
        };
    }

    public static V1.Resource Write(in Resource resource, ResourceFormat format)
    {
        var identity = resource.Identity;
        var wire = new V1.Resource { Name = identity.Name };
        WriteValue(wire, resource);
        WriteReservations(wire, identity, format);
        wire.Disk = identity.Disk?.ToWire();
        wire.Revocable = identity.IsRevocable ? new() : null;
        wire.Shared = identity.IsShared ? new() : null;
        wire.ProviderId = identity.ProviderId is { } provider ? new() { Value = provider } : null;
        wire.AllocationInfo = identity.AllocationRole is { } role ? new() { Role = role } : null;
        return wire;
    }

    /// <summary>The same resource with its reservations only in <c>reservations[]</c>.</summary>
    public static V1.Resource ToPostRefinement(V1.Resource wire)
    {
        if (!wire.HasRole && wire.Reservation is null)
        {
            return wire;
        }

        var result = wire.Clone();
        result.ClearRole();
        result.Reservation = null;
        if (result.Reservations.Count == 0 && FromRole(wire) is { } reservation)
        {
            result.Reservations.Add(reservation.ToWire());
        }

        return result;
    }

    private static Reservation[] ReadReservations(V1.Resource wire)
    {
        if (wire.Reservations.Count > 0)
        {
            var stack = new Reservation[wire.Reservations.Count];
            for (var i = 0; i < stack.Length; i++)
            {
                stack[i] = Reservation.From(wire.Reservations[i]);
            }

            return stack;
        }

        return FromRole(wire) is { } reservation ? [reservation] : [];
    }

    private static Reservation? FromRole(V1.Resource wire)
    {
        if (!wire.HasRole || wire.Role == Roles.Any)
        {
            return null;
        }

        return wire.Reservation is { } info
            ? Reservation.Dynamic(wire.Role, info.HasPrincipal ? info.Principal : null, info.Labels)
            : Reservation.Static(wire.Role);
    }

    private static ResourceRanges ReadRanges(V1.Value.Types.Ranges? wire)
    {
        if (wire is null)
        {
            return ResourceRanges.Empty;
        }

        var ranges = new ResourceRange[wire.Range.Count];
        for (var i = 0; i < ranges.Length; i++)
        {
            ranges[i] = new(wire.Range[i].Begin, wire.Range[i].End);
        }

        return ResourceRanges.From(ranges);
    }

    private static void WriteValue(V1.Resource wire, in Resource resource)
    {
        switch (resource.Kind)
        {
            case ResourceKind.Scalar:
                wire.Type = V1.Value.Types.Type.Scalar;
                wire.Scalar = new() { Value = Thousandths.ToDouble(resource.Scalar) };
                break;
            case ResourceKind.Ranges:
                wire.Type = V1.Value.Types.Type.Ranges;
                wire.Ranges = new();
                foreach (var range in resource.Ranges.Ranges)
                {
                    wire.Ranges.Range.Add(new V1.Value.Types.Range { Begin = range.Begin, End = range.End });
                }

                break;
            default:
                wire.Type = V1.Value.Types.Type.Set;
                wire.Set = new();
                foreach (var item in resource.Items.Items)
                {
                    wire.Set.Item.Add(item);
                }

                break;
        }
    }

    private static void WriteReservations(V1.Resource wire, ResourceIdentity identity, ResourceFormat format)
    {
        var stack = identity.Reservations;
        if (format != ResourceFormat.PreRefinement)
        {
            foreach (var reservation in stack)
            {
                wire.Reservations.Add(reservation.ToWire());
            }
        }

        if (format == ResourceFormat.PostRefinement)
        {
            return;
        }

        Invariant.Holds(format == ResourceFormat.Endpoint || stack.Length <= 1);
        if (stack.Length > 1)
        {
            return;
        }

        wire.Role = identity.ReservationRole;
        if (stack.Length == 1 && stack[0].IsDynamic)
        {
            var info = stack[0].ToWire();
            info.ClearRole();
            info.ClearType();
            wire.Reservation = info;
        }
    }
}
