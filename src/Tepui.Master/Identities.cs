using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Tepui.Master.Core;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Tepui.Runtime.Hosting;

namespace Tepui.Master;

/// <summary>Who a master is, and what its core is told.</summary>
internal static class Identities
{
    private static readonly MasterInfo.Types.Capability.Types.Type[] Capabilities = [MasterInfo.Types.Capability.Types.Type.AgentUpdate];

    private static readonly TimeSpan LookupPatience = TimeSpan.FromSeconds(1);

    /// <summary>A new identity for this start; looks the host name up if it must.</summary>
    public static async Task<MasterIdentity> CreateAsync(MasterSettings settings, int port, DateTimeOffset now, CancellationToken cancel = default)
    {
        var address = settings.AdvertiseIp ?? Reachable(settings.Ip);
        var hostname = settings.Hostname ?? (settings.HostnameLookup ? await LookupAsync(address, cancel) : address.ToString());
        return Create(settings, address.ToString(), hostname, port, now);
    }

    private static MasterIdentity Create(MasterSettings settings, string ip, string hostname, int port, DateTimeOffset now)
    {
        var advertised = settings.AdvertisePort ?? port;
        var info = new MasterInfo
        {
            Id = Guid.NewGuid().ToString(),
            Ip = NetworkOrder(IPAddress.Parse(ip)),
            Port = (uint)advertised,
            Pid = $"master@{ip}:{advertised}",
            Hostname = hostname,
            Version = BuildInfo.ApiVersion,
            Address = new Address { Hostname = hostname, Ip = ip, Port = advertised },
        };
        info.Capabilities.AddRange(Capabilities.Select(type => new MasterInfo.Types.Capability { Type = type }));
        return new MasterIdentity(info, BuildInfo.Wire(), now, now, settings.ToFlags(port), settings.Cluster, settings.ExternalLogFile);
    }

    /// <summary>What the core is told.</summary>
    /// <exception cref="StartupException">A setting cannot be read.</exception>
    public static MasterOptions Options(MasterSettings settings, MasterIdentity identity, ulong epoch) => new()
    {
        Info = identity.Info,
        Epoch = epoch,
        AllocationInterval = settings.AllocationInterval,
        OfferTimeout = settings.OfferTimeout,
        AgentPingTimeout = settings.AgentPingTimeout,
        MaxAgentPingTimeouts = settings.MaxAgentPingTimeouts,
        AgentReregisterTimeout = settings.AgentReregisterTimeout,
        HeartbeatInterval = settings.HeartbeatInterval,
        MaxCompletedFrameworks = settings.MaxCompletedFrameworks,
        MaxCompletedTasksPerFramework = settings.MaxCompletedTasksPerFramework,
        MaxUnreachableTasksPerFramework = settings.MaxUnreachableTasksPerFramework,
        Roles = settings.Roles,
        Weights = settings.Weights,
        RootSubmissions = settings.RootSubmissions,
        FilterGpuResources = settings.FilterGpuResources,
        MinAllocatableResources = Allocatable(settings.MinAllocatableResources),
        FairSharingExcludedResourceNames = settings.FairSharingExcludedResourceNames,
        Seed = Random.Shared.Next(),
    };

    private static List<Dictionary<string, long>> Allocatable(string text)
    {
        var sets = new List<Dictionary<string, long>>();
        foreach (var part in text.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            sets.Add(part.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(quantity => Quantity(quantity, text))
                .ToDictionary(quantity => quantity.Name, quantity => quantity.Thousandths, StringComparer.Ordinal));
        }

        return sets;
    }

    private static (string Name, long Thousandths) Quantity(string quantity, string text)
    {
        var colon = quantity.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && double.TryParse(quantity[(colon + 1)..], out var value) && double.IsFinite(value) && value >= 0
            ? (quantity[..colon].Trim(), Thousandths.FromDouble(value))
            : throw new StartupException($"--min_allocatable_resources is '{text}': '{quantity}' is not NAME:QUANTITY; an example is 'cpus:0.01|mem:32'.", ExitCode.Usage);
    }

    // A name server that is slow or knows nothing must not keep a master from starting: the address serves as well.
    private static async Task<string> LookupAsync(IPAddress ip, CancellationToken cancel)
    {
        if (IPAddress.IsLoopback(ip))
        {
            return "localhost";
        }

        try
        {
            return (await Dns.GetHostEntryAsync(ip.ToString(), cancel).WaitAsync(LookupPatience, cancel)).HostName;
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            return ip.ToString();
        }
    }

    // All addresses of the machine are no address to be told: the first one that others can use is.
    private static IPAddress Reachable(IPAddress listened)
    {
        if (!listened.Equals(IPAddress.Any) && !listened.Equals(IPAddress.IPv6Any))
        {
            return listened;
        }

        return Array.Find(Dns.GetHostAddresses(Dns.GetHostName()), address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))
            ?? IPAddress.Loopback;
    }

    private static uint NetworkOrder(IPAddress ip) => ip.AddressFamily == AddressFamily.InterNetwork
        ? BinaryPrimitives.ReadUInt32LittleEndian(ip.GetAddressBytes())
        : 0;
}
