using System.Net;

namespace Tepui.Frameworks.Hosting;

/// <summary>Where others reach a framework.</summary>
/// <param name="Hostname">Name or address told to others.</param>
/// <param name="Port">Port listened on.</param>
public sealed record FrameworkIdentity(string Hostname, int Port)
{
    /// <summary>As <c>HOST:PORT</c>.</summary>
    public string Leader => $"{Hostname}:{Port}";

    /// <summary>As an address.</summary>
    public string Url => $"http://{Leader}";

    /// <summary>From what was set, or from what is listened on.</summary>
    /// <param name="hostname">What was set, if anything.</param>
    /// <param name="ip">Address listened on.</param>
    /// <param name="port">Port listened on.</param>
    public static FrameworkIdentity Create(string? hostname, IPAddress ip, int port) =>
        new(hostname ?? (ip.Equals(IPAddress.Any) ? Dns.GetHostName() : ip.ToString()), port);
}
