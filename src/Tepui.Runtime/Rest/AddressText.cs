using System.Net;

namespace Tepui.Runtime.Rest;

/// <summary>Addresses of clients as events tell them.</summary>
public static class AddressText
{
    /// <summary>As text; an IPv4 address that came through an IPv6 socket as IPv4.</summary>
    public static string MapToIPv4IfMapped(this IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
