using Tepui.Model.Identifiers;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Resource = Tepui.Protocol.V1.Resource;

namespace Tepui.Master.Core.Tasks.Problems;

/// <summary>What may be wrong with the resources of a task or executor, besides not being there.</summary>
internal static class ResourceProblems
{
    /// <summary>Whether they are resources at all; names the bad one.</summary>
    public static string? Form(IEnumerable<Resource> resources) => ResourceRules.Problem(resources);

    /// <summary>Rules between resources of valid form.</summary>
    public static string? Use(IReadOnlyCollection<Resource> resources) =>
        Disks(resources) ?? Persistence(resources) ?? AllocationRoles(resources) ?? Revocable(resources) ?? Gpus(resources) ?? Amounts(resources);

    /// <summary>Whether a port or item is named twice.</summary>
    public static string? Overlaps(IEnumerable<Resource> resources)
    {
        var merged = ResourceSet.Empty;
        foreach (var resource in resources)
        {
            var one = ResourceSet.From([resource]);
            if (resource.Type == Value.Types.Type.Scalar || one.IsEmpty)
            {
                continue;
            }

            var sum = merged.Add(one);
            if (sum.Quantities[resource.Name] != merged.Quantities[resource.Name] + one.Quantities[resource.Name])
            {
                return $"Resource '{resource.Name}' is named twice in part: {ResourcePrinter.Print(resource)}";
            }

            merged = sum;
        }

        return null;
    }

    private static string? Disks(IEnumerable<Resource> resources)
    {
        foreach (var resource in resources)
        {
            if (resource.Disk is { } disk && Disk(resource, disk) is { } problem)
            {
                return $"Invalid DiskInfo: {problem}";
            }
        }

        return null;
    }

    private static string? Disk(Resource resource, Resource.Types.DiskInfo disk)
    {
        if (disk.Persistence is not { } persistence)
        {
            return disk.Volume is null ? null : "Expecting 'persistence' to be set for a volume";
        }

        return resource.Revocable is not null ? "Persistent volumes cannot be created from revocable resources"
            : resource.Reservations.Count == 0 && resource.Role == Roles.Any ? "Persistent volumes cannot be created from unreserved resources"
            : disk.Volume is null ? "Expecting 'volume' to be set for persistent volume"
            : disk.Volume.HasHostPath ? "Expecting 'host_path' to be unset for persistent volume"
            : IdRule.Problem(persistence.Id) is { } problem ? $"Persistence ID '{persistence.Id}' for persistent volume is invalid: {problem}"
            : null;
    }

    private static string? Persistence(IEnumerable<Resource> resources)
    {
        var seen = new HashSet<(string Role, string Id)>();
        foreach (var resource in resources)
        {
            if (resource is { Disk.Persistence: { } persistence, Shared: null } && !seen.Add((ReservedTo(resource), persistence.Id)))
            {
                return $"Persistence ID '{persistence.Id}' is not unique";
            }
        }

        return null;
    }

    private static string? AllocationRoles(IEnumerable<Resource> resources)
    {
        string? role = null;
        foreach (var resource in resources)
        {
            if (resource.AllocationInfo is not { HasRole: true } allocation)
            {
                continue;
            }

            if (role is not null && role != allocation.Role)
            {
                return $"The resources have multiple allocation roles ('{role}' and '{allocation.Role}') but only one allocation role is allowed";
            }

            role = allocation.Role;
        }

        return null;
    }

    private static string? Revocable(IEnumerable<Resource> resources)
    {
        foreach (var byName in resources.GroupBy(static resource => resource.Name, StringComparer.Ordinal))
        {
            if (byName.Any(static resource => resource.Revocable is not null) && byName.Any(static resource => resource.Revocable is null))
            {
                return $"Cannot use both revocable and non-revocable '{byName.Key}' at the same time";
            }
        }

        return null;
    }

    private static string? Gpus(IEnumerable<Resource> resources)
    {
        foreach (var resource in resources)
        {
            if (resource is { Name: "gpus", Scalar.Value: var gpus } && gpus != Math.Floor(gpus))
            {
                return $"The 'gpus' resource must be an unsigned integer, and is {gpus}";
            }
        }

        return null;
    }

    private static string? Amounts(IEnumerable<Resource> resources)
    {
        foreach (var byName in resources.GroupBy(static resource => resource.Name, StringComparer.Ordinal))
        {
            if (byName.Sum(static resource => resource.Scalar?.Value ?? 0) > Thousandths.ToDouble(Thousandths.Max))
            {
                return $"The sum of '{byName.Key}' is more than {Thousandths.Print(Thousandths.Max)}";
            }
        }

        return null;
    }

    private static string ReservedTo(Resource resource) =>
        resource.Reservations.Count > 0 ? resource.Reservations[^1].Role : resource.Role;
}
