using System.Net;
using Tepui.Runtime.Hosting;

namespace Tepui.Services;

/// <summary>Where others reach this scheduler.</summary>
/// <param name="Hostname">Name or address told to others.</param>
/// <param name="Port">Port listened on.</param>
internal sealed record ServicesIdentity(string Hostname, int Port)
{
    /// <summary>As <c>HOST:PORT</c>.</summary>
    public string Leader => $"{Hostname}:{Port}";

    /// <summary>As an address.</summary>
    public string Url => $"http://{Leader}";

    /// <summary>From what was set, or from what is listened on.</summary>
    public static ServicesIdentity Create(ServicesSettings settings, TepuiHost http) => new(
        settings.Hostname ?? (IPAddress.IsLoopback(settings.Ip) ? settings.Ip.ToString() : settings.Ip.Equals(IPAddress.Any) ? Dns.GetHostName() : settings.Ip.ToString()),
        http.Port);
}
