using System.Globalization;
using System.Text;
using V1 = Tepui.Protocol.V1;
using SourceType = Tepui.Protocol.V1.Resource.Types.DiskInfo.Types.Source.Types.Type;
using ReservationType = Tepui.Protocol.V1.Resource.Types.ReservationInfo.Types.Type;

namespace Tepui.Model.Resources;

/// <summary>Resources as text, valid or not, in the form clients of Mesos know from its messages.</summary>
public static class ResourcePrinter
{
    /// <summary>As in <c>cpus(allocated: *)(reservations: [(DYNAMIC,ops)]):0.1</c>.</summary>
    public static string Print(V1.Resource resource)
    {
        var wire = ResourceWire.ToPostRefinement(resource);
        var text = new StringBuilder(wire.Name);
        if (wire.AllocationInfo is { } allocation)
        {
            text.Append("(allocated: ").Append(allocation.Role).Append(')');
        }

        if (wire.Reservations.Count > 0)
        {
            text.Append("(reservations: [").AppendJoin(',', wire.Reservations.Select(Print)).Append("])");
        }

        if (wire.Disk is { } disk)
        {
            text.Append('[').Append(Print(disk)).Append(']');
        }

        text.Append(wire.Revocable is null ? "" : "{REV}").Append(wire.Shared is null ? "" : "<SHARED>").Append(':');
        return text.Append(PrintValue(wire)).ToString();
    }

    /// <summary>Joined by <c>; </c>, or <c>{}</c> if there are none.</summary>
    public static string Print(IEnumerable<V1.Resource> resources)
    {
        var text = string.Join("; ", resources.Select(Print));
        return text.Length == 0 ? "{}" : text;
    }

    private static string Print(V1.Resource.Types.ReservationInfo reservation)
    {
        var text = new StringBuilder("(").Append(reservation.Type switch
        {
            ReservationType.Static => "STATIC",
            ReservationType.Dynamic => "DYNAMIC",
            _ => "UNKNOWN",
        });
        text.Append(',').Append(reservation.Role);
        if (reservation.HasPrincipal)
        {
            text.Append(',').Append(reservation.Principal);
        }

        if (reservation.Labels is { } labels)
        {
            text.Append(",{").AppendJoin(", ", labels.Labels_.Select(l => l.HasValue ? $"{l.Key}: {l.Value}" : l.Key)).Append('}');
        }

        return text.Append(')').ToString();
    }

    private static string Print(V1.Resource.Types.DiskInfo disk)
    {
        var text = new StringBuilder();
        if (disk.Source is { } source)
        {
            text.Append(Print(source)).Append(disk.Persistence is null ? "" : ",");
        }

        text.Append(disk.Persistence?.Id);
        if (disk.Volume is { } volume)
        {
            text.Append(':');
            if (volume.HasHostPath)
            {
                text.Append(volume.HostPath).Append(':');
            }

            text.Append(volume.ContainerPath);
            if (volume.HasHostPath && volume.HasMode)
            {
                text.Append(volume.Mode == V1.Volume.Types.Mode.Ro ? ":ro" : ":rw");
            }
        }

        return text.ToString();
    }

    private static string Print(V1.Resource.Types.DiskInfo.Types.Source source) => source.Type switch
    {
        SourceType.Path => source.Path is { HasRoot: true } path ? "PATH:" + path.Root : "PATH",
        SourceType.Mount => source.Mount is { HasRoot: true } mount ? "MOUNT:" + mount.Root : "MOUNT",
        SourceType.Block => $"BLOCK({source.Vendor},{source.Id},{source.Profile})",
        SourceType.Raw => $"RAW({source.Vendor},{source.Id},{source.Profile})",
        _ => "UNKNOWN",
    };

    private static string PrintValue(V1.Resource wire) => wire.Type switch
    {
        V1.Value.Types.Type.Scalar => PrintScalar(wire.Scalar?.Value ?? 0),
        V1.Value.Types.Type.Ranges => "[" + string.Join(", ", (wire.Ranges?.Range ?? []).Select(r => $"{r.Begin}-{r.End}")) + "]",
        V1.Value.Types.Type.Set => "{" + string.Join(", ", wire.Set?.Item ?? []) + "}",
        _ => "",
    };

    private static string PrintScalar(double value) => Math.Abs(value) < Thousandths.ToDouble(Thousandths.Max)
        ? Thousandths.Print(Thousandths.FromDouble(value))
        : value.ToString("R", CultureInfo.InvariantCulture);
}
