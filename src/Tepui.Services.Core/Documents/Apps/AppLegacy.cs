using System.Text.Json.Nodes;

namespace Tepui.Services.Core.Documents.Apps;

/// <summary>Turns old forms of an app, or of a part of one, into the present ones.</summary>
internal static class AppLegacy
{
    private static readonly string[] ArchiveEndings = [".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz", ".zip", ".tar", ".gz"];

    /// <summary>Rewrites <paramref name="app"/>, which <see cref="AppLegacyRules"/> found free of contradictions.</summary>
    public static void Normalise(JsonObject app, ServicesOptions options)
    {
        Uris(app);
        Ports(app);
        DockerPortMappings(app);
        DockerNetwork(app);
        IpAddress(app, options);
    }

    /// <summary>Whether a fetched file of this name is unpacked when nobody says.</summary>
    public static bool IsArchive(string uri)
    {
        var end = uri.AsSpan();
        return end.IndexOfAny('?', '#') is var cut && Array.Exists(ArchiveEndings, ending => (cut < 0 ? uri : uri[..cut]).EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    private static void Uris(JsonObject app)
    {
        if (!app.TryTake("uris", out var node) || node is not JsonArray uris || app.List("fetch") is { Count: > 0 })
        {
            return;
        }

        app["fetch"] = new JsonArray([.. uris.Select(item => item!.GetValue<string>()).Select(uri => new JsonObject { ["uri"] = uri, ["extract"] = IsArchive(uri) })]);
    }

    private static void Ports(JsonObject app)
    {
        if (app.TryTake("ports", out var node) && node is JsonArray ports && !app.ContainsKey("portDefinitions"))
        {
            app["portDefinitions"] = new JsonArray([.. ports.Select(port => new JsonObject { ["port"] = Json.Integer(port!) })]);
        }
    }

    private static void DockerPortMappings(JsonObject app)
    {
        if (app.Object("container") is { } container && container.Object("docker") is { } docker
            && docker.TryTake("portMappings", out var mappings) && !container.ContainsKey("portMappings"))
        {
            container["portMappings"] = mappings;
        }
    }

    private static void DockerNetwork(JsonObject app)
    {
        if (app.Object("container")?.Object("docker") is not { } docker || !docker.TryTake("network", out var network))
        {
            return;
        }

        var address = app.TryTake("ipAddress", out var given) ? (JsonObject)given : null;
        app["networks"] = new JsonArray(network.GetValue<string>() switch
        {
            "BRIDGE" => Labelled(new() { ["mode"] = "container/bridge" }, address),
            "USER" => Labelled(Named(address), address),
            _ => new JsonObject { ["mode"] = "host" },
        });
    }

    private static void IpAddress(JsonObject app, ServicesOptions options)
    {
        if (!app.TryTake("ipAddress", out var node) || node is not JsonObject address)
        {
            return;
        }

        var isBridge = address.Text("networkName") == options.MesosBridgeName;
        app["networks"] = new JsonArray(Labelled(isBridge ? new() { ["mode"] = "container/bridge" } : Named(address), address));
        app.Default("container", () => new JsonObject { ["type"] = "MESOS" });
        if (address.Object("discovery")?.List("ports") is { Count: > 0 } ports)
        {
            app.Object("container")!["portMappings"] = new JsonArray([.. ports.Select(port => DiscoveredPort((JsonObject)port!))]);
        }
    }

    private static JsonObject DiscoveredPort(JsonObject port) => new()
    {
        ["containerPort"] = port.Integer("number") ?? 0,
        ["name"] = port.Text("name"),
        ["protocol"] = port.Text("protocol") ?? "tcp",
    };

    private static JsonObject Named(JsonObject? address)
    {
        var network = new JsonObject { ["mode"] = "container" };
        if (address?.Text("networkName") is { } name)
        {
            network["name"] = name;
        }

        return network;
    }

    private static JsonObject Labelled(JsonObject network, JsonObject? address)
    {
        if (address?.Object("labels") is { Count: > 0 } labels)
        {
            network["labels"] = labels.DeepClone();
        }

        return network;
    }
}
