
namespace Tepui.Model.Offers;

/// <summary>Reads what a constraint names off a host.</summary>
public static class HostField
{
    /// <summary>The value of the field, or <see langword="null"/> if the host has none.</summary>
    public static string? Of(Host host, string field) => field switch
    {
        "hostname" or "@hostname" => host.Hostname,
        "@region" => host.Region,
        "@zone" => host.Zone,
        _ => host.Attributes.GetValueOrDefault(field),
    };
}
