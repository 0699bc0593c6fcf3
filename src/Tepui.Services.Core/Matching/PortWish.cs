using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Matching;

/// <summary>What one port of a spec needs on the agent.</summary>
/// <param name="Kind">Which way.</param>
/// <param name="Number">The port, if it is fixed.</param>
internal readonly record struct PortWish(PortWishKind Kind, int Number = 0)
{
    /// <summary>One per port of an app, in order.</summary>
    public static IReadOnlyList<PortWish> Of(AppSpec app) => app.IsHostNetworked || app.Container?.PortMappings is null
        ? [.. app.PortDefinitions.Select(port => app.RequirePorts ? Fixed(port.Port) : new(PortWishKind.Any))]
        : [.. app.Container.PortMappings.Select(mapping => Mapped(mapping.HostPort))];

    /// <summary>One per endpoint of a container of a pod, in order.</summary>
    public static IReadOnlyList<PortWish> Of(PodContainer container) => [.. container.Endpoints.Select(endpoint => Mapped(endpoint.HostPort))];

    private static PortWish Mapped(int? hostPort) => hostPort switch
    {
        null => new(PortWishKind.None),
        0 => new(PortWishKind.Any),
        { } port => Fixed(port),
    };

    private static PortWish Fixed(int port) => port == 0 ? new(PortWishKind.Any) : new(PortWishKind.Fixed, port);
}

/// <summary>What a port needs on the agent.</summary>
internal enum PortWishKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Some port.</summary>
    Any,

    /// <summary>This port.</summary>
    Fixed,
}
