using System.Net;
using System.Net.Sockets;
using Tepui.Protocol.V1;

namespace Tepui.Master.Http.Operator;

/// <summary>What names a machine.</summary>
internal static class MachineRules
{
    /// <summary>What is wrong with <paramref name="machine"/>, or <see langword="null"/> if nothing is.</summary>
    public static string? Problem(MachineID machine)
    {
        if (machine.Hostname.Length == 0 && machine.Ip.Length == 0)
        {
            return "Both 'hostname' and 'ip' for a machine are empty";
        }

        return machine.Ip.Length == 0 || (IPAddress.TryParse(machine.Ip, out var ip) && ip.AddressFamily == AddressFamily.InterNetwork)
            ? null
            : $"Failed to parse IPv4: {machine.Ip}";
    }
}
