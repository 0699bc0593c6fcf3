using Tepui.Protocol.V1;

namespace Tepui.Web.Client;

/// <summary>Cores, and bytes of memory and disk.</summary>
public readonly record struct Amounts(double Cpus, double MemoryBytes, double DiskBytes)
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>Sums the three kinds of resource; others do not count.</summary>
    public static Amounts Of(IEnumerable<Resource> resources)
    {
        double cpus = 0, memory = 0, disk = 0;
        foreach (var resource in resources)
        {
            switch (resource.Name)
            {
                case "cpus": cpus += resource.Scalar?.Value ?? 0; break;
                case "mem": memory += resource.Scalar?.Value ?? 0; break;
                case "disk": disk += resource.Scalar?.Value ?? 0; break;
            }
        }

        return new Amounts(cpus, memory * Mebibyte, disk * Mebibyte);
    }

    /// <summary>Kind by kind.</summary>
    public static Amounts operator +(Amounts a, Amounts b) => new(a.Cpus + b.Cpus, a.MemoryBytes + b.MemoryBytes, a.DiskBytes + b.DiskBytes);
}

/// <summary>One agent's resources.</summary>
/// <param name="Reported">Whether the agent has said yet what it uses.</param>
/// <param name="Used">What its tasks really use.</param>
/// <param name="Allocated">What is set aside for them.</param>
/// <param name="Total">What it has.</param>
public sealed record AgentUsage(bool Reported, Amounts Used, Amounts Allocated, Amounts Total);
