using V1 = Tepui.Protocol.V1;
using ReservationType = Tepui.Protocol.V1.Resource.Types.ReservationInfo.Types.Type;

namespace Tepui.Model.Tests.Resources;

/// <summary>Wire resources in few words.</summary>
internal static class Wire
{
    public static V1.Resource Scalar(string name, double value) =>
        new() { Name = name, Type = V1.Value.Types.Type.Scalar, Scalar = new() { Value = value } };

    public static V1.Resource Ranges(string name, params (ulong Begin, ulong End)[] ranges)
    {
        var wire = new V1.Resource { Name = name, Type = V1.Value.Types.Type.Ranges, Ranges = new() };
        wire.Ranges.Range.Add(ranges.Select(r => new V1.Value.Types.Range { Begin = r.Begin, End = r.End }));
        return wire;
    }

    public static V1.Resource Set(string name, params string[] items)
    {
        var wire = new V1.Resource { Name = name, Type = V1.Value.Types.Type.Set, Set = new() };
        wire.Set.Item.Add(items);
        return wire;
    }

    public static V1.Resource Volume(double size, string id, bool shared = false) =>
        Scalar("disk", size).Reserved(ReservationType.Dynamic, "ops", "pp").With(r =>
        {
            r.Disk = new() { Persistence = new() { Id = id, Principal = "pp" }, Volume = new() { ContainerPath = "data", Mode = V1.Volume.Types.Mode.Rw } };
            r.Shared = shared ? new() : null;
        });

    public static V1.Resource Reserved(this V1.Resource wire, ReservationType? type, string? role, string? principal = null)
    {
        var reservation = new V1.Resource.Types.ReservationInfo();
        if (type is { } given)
        {
            reservation.Type = given;
        }

        if (role is not null)
        {
            reservation.Role = role;
        }

        if (principal is not null)
        {
            reservation.Principal = principal;
        }

        return wire.With(r => r.Reservations.Add(reservation));
    }

    public static V1.Resource Allocated(this V1.Resource wire, string role) => wire.With(r => r.AllocationInfo = new() { Role = role });

    public static V1.Resource With(this V1.Resource wire, Action<V1.Resource> change)
    {
        change(wire);
        return wire;
    }
}
