using Tepui.Protocol.V1;

namespace Tepui.Services.Core.Tests.Building;

/// <summary>Builders with valid defaults, for what begins with a vowel.</summary>
internal static class An
{
    private static int _offers;

    /// <summary>An offer of a host: 4 cores, 4096 MiB, 10000 MiB disk, ports 31000 to 31099.</summary>
    public static Offer Offer(
        string host = "host1", double cpus = 4, double mem = 4096, double disk = 10000, double gpus = 0, (ulong, ulong)? ports = null, string role = "*", string? zone = null, string? region = null)
    {
        var offer = new Offer
        {
            Id = new() { Value = $"offer-{Interlocked.Increment(ref _offers)}" },
            FrameworkId = new() { Value = "framework" },
            AgentId = new() { Value = "agent-" + host },
            Hostname = host,
            AllocationInfo = new() { Role = role },
            Resources = { Scalar("cpus", cpus, role), Scalar("mem", mem, role), Scalar("disk", disk, role), Ports(ports ?? (31000, 31099), role) },
        };
        if (gpus > 0)
        {
            offer.Resources.Add(Scalar("gpus", gpus, role));
        }

        if (zone is not null || region is not null)
        {
            offer.Domain = new() { FaultDomain = new() { Region = new() { Name = region ?? "region1" }, Zone = new() { Name = zone ?? "zone1" } } };
        }

        return offer;
    }

    /// <summary>The same offer with a text attribute.</summary>
    public static Offer With(this Offer offer, string attribute, string value)
    {
        offer.Attributes.Add(new Protocol.V1.Attribute { Name = attribute, Type = Value.Types.Type.Text, Text = new() { Value = value } });
        return offer;
    }

    /// <summary>The same offer with its resources reserved for a role.</summary>
    public static Offer Reserved(this Offer offer, string role)
    {
        foreach (var resource in offer.Resources)
        {
            resource.Reservations.Add(new Resource.Types.ReservationInfo { Type = Resource.Types.ReservationInfo.Types.Type.Static, Role = role });
        }

        return offer;
    }

    /// <summary>An amount.</summary>
    public static Resource Scalar(string name, double value, string role = "*") => new()
    {
        Name = name,
        Type = Value.Types.Type.Scalar,
        Scalar = new() { Value = value },
        AllocationInfo = new() { Role = role },
    };

    /// <summary>A range of ports.</summary>
    public static Resource Ports((ulong Begin, ulong End) range, string role = "*") => new()
    {
        Name = "ports",
        Type = Value.Types.Type.Ranges,
        Ranges = new() { Range = { new Value.Types.Range { Begin = range.Begin, End = range.End } } },
        AllocationInfo = new() { Role = role },
    };
}
