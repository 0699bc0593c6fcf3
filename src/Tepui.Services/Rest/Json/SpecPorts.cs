using Tepui.Services.Core.Specs;

namespace Tepui.Services.Rest.Json;

/// <summary>Ports of apps.</summary>
internal static class SpecPorts
{
    /// <summary>The service ports of an app, in the order of its ports.</summary>
    public static IEnumerable<int> ServicePorts(AppSpec app) => app.IsHostNetworked
        ? app.PortDefinitions.Select(definition => definition.Port)
        : (app.Container?.PortMappings ?? []).Select(mapping => mapping.ServicePort);
}
