using System.Text.Json.Nodes;

namespace Tepui.Services.Core.Documents.Apps;

/// <summary>Fills in the members of an app that follow from others, and drops those that have no meaning beside others.</summary>
internal static class AppDefaults
{
    /// <summary>Completes <paramref name="app"/>.</summary>
    /// <param name="app">Without old forms.</param>
    /// <param name="options">Name of the default network.</param>
    /// <param name="mappings">On other networks than the host's, the container gets at least so many port mappings: as many as the same request defined ports.</param>
    public static void Complete(JsonObject app, ServicesOptions options, int mappings)
    {
        Networks(app, options);
        if (IsHost(app))
        {
            HostPorts(app);
        }
        else
        {
            ContainerPorts(app, mappings);
        }

        HealthChecks(app);
        Volumes(app);
    }

    private static void Networks(JsonObject app, ServicesOptions options)
    {
        if (app.List("networks") is not { Count: > 0 } networks)
        {
            app["networks"] = networks = [new JsonObject { ["mode"] = "host" }];
        }

        foreach (var network in networks.Cast<JsonObject>())
        {
            network.Default("mode", () => "container");
            if (network.Text("mode") == "container" && !network.ContainsKey("name") && options.DefaultNetworkName is { } name)
            {
                network["name"] = name;
            }
        }
    }

    private static bool IsHost(JsonObject app) => app.List("networks")!.Any(network => ((JsonObject)network!).Text("mode") == "host");

    private static void HostPorts(JsonObject app)
    {
        app.Object("container")?.Remove("portMappings");
        app.Default("portDefinitions", () => new JsonArray(new JsonObject { ["port"] = 0, ["name"] = "default", ["protocol"] = "tcp" }));
    }

    private static void ContainerPorts(JsonObject app, int mappings)
    {
        app.Remove("portDefinitions");
        app.Remove("requirePorts");
        if (app.Object("container") is not { } container)
        {
            return;
        }

        if (container.List("portMappings") is not { } ports)
        {
            container["portMappings"] = ports = mappings > 0 ? [] : [new JsonObject { ["containerPort"] = 0, ["name"] = "default" }];
        }

        while (ports.Count < mappings)
        {
            ports.Add((JsonNode)new JsonObject { ["containerPort"] = 0 });
        }

        if (app.List("networks")!.Any(network => ((JsonObject)network!).Text("mode") == "container/bridge"))
        {
            foreach (var port in ports.Cast<JsonObject>())
            {
                port.Default("hostPort", () => 0);
            }
        }
    }

    private static void HealthChecks(JsonObject app)
    {
        var ports = app.List("portDefinitions") ?? app.Object("container")?.List("portMappings");
        if (ports is not { Count: > 0 } || app.List("healthChecks") is not { } checks)
        {
            return;
        }

        foreach (var check in checks.Cast<JsonObject>())
        {
            if (check.Text("protocol") != "COMMAND" && !check.ContainsKey("port"))
            {
                check.Default("portIndex", () => 0);
            }
        }
    }

    private static void Volumes(JsonObject app)
    {
        var volumes = app.Object("container")?.List("volumes")?.Cast<JsonObject>().ToArray() ?? [];
        var isResident = Array.Exists(volumes, volume => volume.ContainsKey("persistent"));
        if (isResident)
        {
            app.Default("residency", () => new JsonObject());
            app.Default("unreachableStrategy", () => "disabled");
        }

        if (isResident || Array.Exists(volumes, volume => volume.ContainsKey("external")))
        {
            app.Default("upgradeStrategy", () => new JsonObject { ["minimumHealthCapacity"] = 0.5, ["maximumOverCapacity"] = 0 });
        }
    }
}
