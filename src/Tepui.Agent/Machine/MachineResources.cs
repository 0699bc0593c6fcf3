using Tepui.Model.Resources;
using Tepui.Runtime.Hosting;
using Tepui.Runtime.Info;
using V1 = Tepui.Protocol.V1;

namespace Tepui.Agent.Machine;

/// <summary>What the machine has to offer: as configured, and found for what was not.</summary>
internal static class MachineResources
{
    private const long Mb = 1024 * 1024;
    private const string DefaultPorts = "ports:[31000-32000]";

    /// <summary>Resources as messages have them; a kind named as 0 is left out and not looked for.</summary>
    /// <param name="text">The flag.</param>
    /// <param name="defaultRole">Role of resources that name none.</param>
    /// <param name="workDirectory">Its filesystem is the disk.</param>
    /// <exception cref="StartupException">The text is wrong.</exception>
    public static IReadOnlyList<V1.Resource> Read(string text, string defaultRole, string workDirectory)
    {
        if (!ResourceText.TryParseWire(text, defaultRole, out var named, out var problem))
        {
            throw new StartupException($"--resources: {problem}", ExitCode.Usage);
        }

        var all = named.ToList();
        AddUnlessNamed(all, defaultRole, "cpus", () => $"cpus:{Environment.ProcessorCount}");
        AddUnlessNamed(all, defaultRole, "mem", () => $"mem:{Memory() / Mb}");
        AddUnlessNamed(all, defaultRole, "disk", () => $"disk:{Disk(workDirectory) / Mb}");
        AddUnlessNamed(all, defaultRole, "ports", () => DefaultPorts);
        return [.. ResourceSet.From(all).ToWire(ResourceFormat.PostRefinement)];
    }

    private static void AddUnlessNamed(List<V1.Resource> all, string role, string name, Func<string> find)
    {
        if (all.All(resource => resource.Name != name) && ResourceText.TryParseWire(find(), role, out var found, out _))
        {
            all.AddRange(found);
        }
    }

    /// <summary>All memory but 1 GB, or half of it where it is less than 2 GB.</summary>
    private static long Memory()
    {
        var total = SystemStats.Read().MemoryTotal;
        return total >= 2048 * Mb ? total - (1024 * Mb) : total / 2;
    }

    /// <summary>All of the work directory's filesystem but 5 GB, or half of it where it is less than 10 GB.</summary>
    private static long Disk(string workDirectory)
    {
        var total = new DriveInfo(workDirectory).TotalSize;
        return total >= 10240 * Mb ? total - (5120 * Mb) : total / 2;
    }
}
