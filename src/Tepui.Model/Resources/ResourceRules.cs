using V1 = Tepui.Protocol.V1;
using SourceType = Tepui.Protocol.V1.Resource.Types.DiskInfo.Types.Source.Types.Type;

namespace Tepui.Model.Resources;

/// <summary>Which resources are valid. Messages are those clients of Mesos know.</summary>
public static class ResourceRules
{
    /// <summary>What is wrong with the first bad one, naming it, or <see langword="null"/> if nothing is.</summary>
    public static string? Problem(IEnumerable<V1.Resource> resources)
    {
        foreach (var resource in resources)
        {
            if (Problem(resource) is { } problem)
            {
                return $"Resource '{ResourcePrinter.Print(resource)}' is invalid: {problem}";
            }
        }

        return null;
    }

    /// <summary>What is wrong with one resource, without naming it, or <see langword="null"/> if nothing is.</summary>
    public static string? Problem(V1.Resource resource)
    {
        if (resource.Name.Length == 0)
        {
            return "Empty resource name";
        }

        return ValueProblem(resource) ?? DiskProblem(resource) ?? ReservationRules.Problem(resource) ?? SharedProblem(resource);
    }

    private static string? ValueProblem(V1.Resource resource) => resource.Type switch
    {
        _ when !resource.HasType => "Invalid resource type",
        V1.Value.Types.Type.Scalar => ScalarProblem(resource),
        V1.Value.Types.Type.Ranges => RangesProblem(resource),
        V1.Value.Types.Type.Set => SetProblem(resource),
        _ => "Unsupported resource type",
    };

    private static string? ScalarProblem(V1.Resource resource)
    {
        if (resource.Scalar is null || resource.Ranges is not null || resource.Set is not null)
        {
            return "Invalid scalar resource";
        }

        var value = resource.Scalar.Value;
        if (!double.IsFinite(value))
        {
            return "Invalid scalar resource: value is not a finite number";
        }

        if (value < 0 || (value != 0 && Thousandths.FromDouble(value) <= 0))
        {
            return "Invalid scalar resource: value <= 0";
        }

        return value > Thousandths.ToDouble(Thousandths.Max)
            ? $"Invalid scalar resource: value > {Thousandths.Print(Thousandths.Max)}"
            : null;
    }

    private static string? RangesProblem(V1.Resource resource)
    {
        if (resource.Scalar is not null || resource.Ranges is null || resource.Set is not null)
        {
            return "Invalid ranges resource";
        }

        var sorted = new List<ResourceRange>(resource.Ranges.Range.Count);
        foreach (var range in resource.Ranges.Range)
        {
            if (range.Begin > range.End)
            {
                return "Invalid ranges resource: begin > end";
            }

            sorted.Add(new(range.Begin, range.End));
        }

        sorted.Sort(static (a, b) => a.Begin.CompareTo(b.Begin));
        for (var i = 1; i < sorted.Count; i++)
        {
            if (sorted[i].Begin <= sorted[i - 1].End)
            {
                return "Invalid ranges resource: overlapping ranges";
            }
        }

        return null;
    }

    private static string? SetProblem(V1.Resource resource)
    {
        if (resource.Scalar is not null || resource.Ranges is not null || resource.Set is null)
        {
            return "Invalid set resource";
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in resource.Set.Item)
        {
            if (!seen.Add(item))
            {
                return "Invalid set resource: duplicated elements";
            }
        }

        return null;
    }

    private static string? DiskProblem(V1.Resource resource)
    {
        if (resource.Disk is not { } disk)
        {
            return null;
        }

        if (resource.Name != "disk")
        {
            return $"DiskInfo should not be set for {resource.Name} resource";
        }

        return disk.Source switch
        {
            null => null,
            { Type: SourceType.Path, Mount: not null } => "Mount should not be set for PATH disk source",
            { Type: SourceType.Mount, Path: not null } => "Path should not be set for MOUNT disk source",
            { Type: SourceType.Block, Path: not null } => "Path should not be set for BLOCK disk source",
            { Type: SourceType.Block, Mount: not null } => "Mount should not be set for BLOCK disk source",
            { Type: SourceType.Raw, Path: not null } => "Path should not be set for RAW disk source",
            { Type: SourceType.Raw, Mount: not null } => "Mount should not be set for RAW disk source",
            { Type: SourceType.Unknown } => "Unsupported 'DiskInfo.Source.Type' in disk source",
            _ => null,
        };
    }

    private static string? SharedProblem(V1.Resource resource)
    {
        if (resource.Shared is null)
        {
            return null;
        }

        return resource.Disk?.Persistence is null ? "Only persistent volumes can be shared" : null;
    }
}
