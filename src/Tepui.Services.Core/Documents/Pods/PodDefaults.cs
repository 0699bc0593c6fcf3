using System.Text.Json.Nodes;

namespace Tepui.Services.Core.Documents.Pods;

/// <summary>Fills in the members of a pod that follow from others.</summary>
internal static class PodDefaults
{
    public static void Complete(JsonObject pod, ServicesOptions options)
    {
        var networks = pod.List("networks")?.Cast<JsonObject>().ToArray() ?? [];
        foreach (var network in networks)
        {
            network.Default("mode", () => "container");
            if (network.Text("mode") == "container" && options.DefaultNetworkName is { } name)
            {
                network.Default("name", () => name);
            }
        }

        if (!Array.Exists(networks, network => network.Text("mode") == "container"))
        {
            HostPorts(pod);
        }

        if (pod.Object("scheduling")?.Object("placement") is { } placement && placement.List("acceptedResourceRoles") is { Count: 0 })
        {
            placement.Remove("acceptedResourceRoles");
        }

        if (pod.List("volumes")?.Any(volume => ((JsonObject)volume!).ContainsKey("persistent")) is true)
        {
            Resident(pod);
        }
    }

    // Outside container networks, others reach an endpoint at a port of the agent.
    private static void HostPorts(JsonObject pod)
    {
        foreach (var endpoint in pod.List("containers")!.SelectMany(container => ((JsonObject)container!).List("endpoints") ?? []))
        {
            ((JsonObject)endpoint!).Default("hostPort", () => 0);
        }
    }

    private static void Resident(JsonObject pod)
    {
        pod.Default("scheduling", () => new JsonObject());
        var scheduling = pod.Object("scheduling")!;
        scheduling.Default("unreachableStrategy", () => "disabled");
        scheduling.Default("upgrade", () => new JsonObject { ["minimumHealthCapacity"] = 0.5, ["maximumOverCapacity"] = 0 });
    }
}
