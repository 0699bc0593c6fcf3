using System.Text.Json.Nodes;

namespace Tepui.Services.Core.Documents.Apps;

/// <summary>Finds old forms that contradict present ones or one another, and forms that are not supported any more.</summary>
internal static class AppLegacyRules
{
    public static void Check(JsonObject app, Problems problems)
    {
        Files(app, problems);
        Ports(app, problems);
        IpAddress(app, problems);
        Container(app, problems);
    }

    private static void Files(JsonObject app, Problems problems) => problems.Require(
        Count(app, "uris") == 0 || Count(app, "fetch") == 0, "/uris", "uris and fetch are both given; use fetch alone");

    private static void Ports(JsonObject app, Problems problems)
    {
        if (app.List("ports") is not { } list)
        {
            return;
        }

        var ports = list.Select(port => Json.Integer(port!)).ToArray();
        if (app.List("portDefinitions") is { } definitions)
        {
            var defined = definitions.Select(definition => ((JsonObject)definition!).Integer("port") ?? 0);
            problems.Require(ports.SequenceEqual(defined), "/", "ports and portDefinitions are both given and name different ports; use portDefinitions alone");
        }

        var taken = ports.Where(port => port != 0).GroupBy(port => port).Where(group => group.Count() > 1).Select(group => group.Key).ToArray();
        problems.Require(taken.Length == 0, "/", $"ports names {string.Join(", ", taken)} more than once; ports must be unique");
    }

    private static void IpAddress(JsonObject app, Problems problems)
    {
        if (app.Object("ipAddress") is not { } address)
        {
            return;
        }

        problems.Require(Count(app, "ports") == 0 && Count(app, "portDefinitions") == 0, "/", "ipAddress cannot be given together with ports or portDefinitions; use networks and container.portMappings");
        problems.Require(!app.ContainsKey("networks"), "/", "ipAddress and networks are both given; use networks alone");
        if (address.Object("discovery") is not { } discovery)
        {
            return;
        }

        var container = app.Object("container");
        problems.Require(container is null || IsMesos(container), "/ipAddress", "ipAddress.discovery cannot be used with the engine DOCKER; use container.portMappings");
        problems.Require(Count(discovery, "ports") == 0 || container?.ContainsKey("portMappings") is not true, "/container", "ipAddress.discovery.ports and container.portMappings are both given; use portMappings alone");
    }

    private static void Container(JsonObject app, Problems problems)
    {
        if (app.Object("container") is not { } container)
        {
            return;
        }

        problems.Require(!container.ContainsKey("appc"), "/container/appc", "appc images are not supported; use docker");
        if (container.Object("docker") is not { } docker)
        {
            return;
        }

        problems.Require(!docker.ContainsKey("credential"), "/container/docker/credential", "must be absent; use pullConfig with a secret");
        if (docker.Text("network") is { } network)
        {
            problems.Require(!IsMesos(container), "/container/docker/network", "cannot be used with the engine MESOS; use networks");
            problems.Require(!app.ContainsKey("networks"), "/", "container.docker.network and networks are both given; use networks alone");
            problems.Require(network != "NONE", "/container/docker/network", "NONE is not supported; use networks with host, container or container/bridge");
        }

        if (docker.ContainsKey("portMappings"))
        {
            problems.Require(!IsMesos(container), "/container/docker/portMappings", "cannot be used with the engine MESOS; use container.portMappings");
            problems.Require(!container.ContainsKey("portMappings"), "/container", "docker.portMappings and portMappings are both given; use portMappings alone");
        }
    }

    private static bool IsMesos(JsonObject container) => container.Text("type") == "MESOS";

    private static int Count(JsonObject members, string name) => members.List(name)?.Count ?? 0;
}
