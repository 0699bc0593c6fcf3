using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Tepui.Agent.Machine;

/// <summary>Under which address and name others find this machine.</summary>
/// <param name="Ip">An IP literal.</param>
/// <param name="Hostname">A name, or the address where there is none.</param>
internal sealed record HostIdentity(string Ip, string Hostname)
{
    private static readonly TimeSpan LookupTimeout = TimeSpan.FromSeconds(1);

    /// <summary>As configured, and found for what was not.</summary>
    public static async Task<HostIdentity> FindAsync(AgentSettings settings)
    {
        var ip = settings.AdvertiseIp
            ?? (settings.Ip is { } given && !given.Equals(IPAddress.Any) && !given.Equals(IPAddress.IPv6Any) ? given.ToString() : FirstAddress());
        return new(ip, settings.Hostname ?? (settings.HostnameLookup ? await NameAsync(ip) : ip));
    }

    /// <summary>The first IPv4 address that other machines may reach, or the loopback one.</summary>
    private static string FirstAddress()
    {
        foreach (var network in NetworkInterface.GetAllNetworkInterfaces())
        {
            if (network.OperationalStatus != OperationalStatus.Up || network.NetworkInterfaceType == NetworkInterfaceType.Loopback)
            {
                continue;
            }

            foreach (var address in network.GetIPProperties().UnicastAddresses)
            {
                if (address.Address.AddressFamily == AddressFamily.InterNetwork)
                {
                    return address.Address.ToString();
                }
            }
        }

        return IPAddress.Loopback.ToString();
    }

    /// <summary>The name the network has for the address; without an answer in good time, the machine's own name.</summary>
    private static async Task<string> NameAsync(string ip)
    {
        if (!IPAddress.TryParse(ip, out var address))
        {
            return ip;
        }

        if (IPAddress.IsLoopback(address))
        {
            return "localhost";
        }

        try
        {
            var entry = await Dns.GetHostEntryAsync(address).WaitAsync(LookupTimeout);
            return entry.HostName.Length > 0 ? entry.HostName : Environment.MachineName;
        }
        catch (Exception e) when (e is SocketException or TimeoutException)
        {
            return Environment.MachineName;
        }
    }
}
