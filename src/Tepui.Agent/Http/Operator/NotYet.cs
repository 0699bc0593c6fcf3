using Microsoft.AspNetCore.Http;
using Tepui.Agent.Core.Views;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Agent;
using Kind = Tepui.Protocol.V1.Agent.Call.Types.Type;

namespace Tepui.Agent.Http.Operator;

/// <summary>Calls that are known and checked, and whose work is not done yet. What they answer about things that do not exist is final already.</summary>
internal static class NotYet
{
#pragma warning disable CS0612 // Older calls are known still.

    /// <summary>How the call ends, or <see langword="null"/> when it is not one of these.</summary>
    public static Outcome? Answer(Call call, AgentView view) => call.Type switch
    {
        Kind.LaunchNestedContainer => Launch(view, call.LaunchNestedContainer.ContainerId, "LAUNCH_NESTED_CONTAINER"),
        Kind.LaunchNestedContainerSession => Launch(view, call.LaunchNestedContainerSession.ContainerId, "LAUNCH_NESTED_CONTAINER_SESSION"),
        Kind.LaunchContainer when call.LaunchContainer.ContainerId.Parent is not null => Launch(view, call.LaunchContainer.ContainerId, "LAUNCH_CONTAINER"),
        Kind.LaunchContainer => Outcome.NotYet("Launching a container without an executor", "LAUNCH_CONTAINER"),
        Kind.WaitNestedContainer => Wait(view, call.WaitNestedContainer.ContainerId, "WAIT_NESTED_CONTAINER"),
        Kind.WaitContainer => Wait(view, call.WaitContainer.ContainerId, "WAIT_CONTAINER"),
        Kind.KillNestedContainer => Kill(view, call.KillNestedContainer.ContainerId, "KILL_NESTED_CONTAINER"),
        Kind.KillContainer => Kill(view, call.KillContainer.ContainerId, "KILL_CONTAINER"),
        Kind.RemoveNestedContainer => Remove(view, call.RemoveNestedContainer.ContainerId, "REMOVE_NESTED_CONTAINER"),
        Kind.RemoveContainer => Remove(view, call.RemoveContainer.ContainerId, "REMOVE_CONTAINER"),
        Kind.AttachContainerInput => new(StatusCodes.Status415UnsupportedMediaType, "Expecting 'Content-Type' to be application/recordio for ATTACH_CONTAINER_INPUT call"),
        Kind.AttachContainerOutput => Attach(view, call.AttachContainerOutput.ContainerId),
        Kind.AddResourceProviderConfig => Outcome.NotYet("Configuring resource providers", "ADD_RESOURCE_PROVIDER_CONFIG"),
        Kind.UpdateResourceProviderConfig => Outcome.NotYet("Configuring resource providers", "UPDATE_RESOURCE_PROVIDER_CONFIG"),

        // There are no resource providers and no images: none is there to be removed, and none is left.
        Kind.RemoveResourceProviderConfig or Kind.MarkResourceProviderGone or Kind.PruneImages => Outcome.Done,
        _ => null,
    };

    private static Outcome Launch(AgentView view, ContainerID id, string call) => Exists(view, ContainerId.From(id.Parent))
        ? Outcome.NotYet("Launching a container inside another one", call)
        : Outcome.Bad($"Parent container {ContainerId.From(id.Parent)} does not exist");

    private static Outcome Wait(AgentView view, ContainerID id, string call) => Exists(view, ContainerId.From(id))
        ? Outcome.NotYet("Waiting for a container", call)
        : Outcome.NotFound($"Container {ContainerId.From(id)} cannot be found");

    private static Outcome Kill(AgentView view, ContainerID id, string call) => Exists(view, ContainerId.From(id))
        ? Outcome.NotYet("Killing a container", call)
        : Outcome.NotFound($"Container '{ContainerId.From(id)}' cannot be found (or is already killed)");

    private static Outcome Remove(AgentView view, ContainerID id, string call)
    {
        var root = id;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        return Exists(view, ContainerId.From(root))
            ? Outcome.NotYet("Removing a container", call)
            : new(StatusCodes.Status500InternalServerError, "Unknown root container");
    }

    private static Outcome Attach(AgentView view, ContainerID id) => Exists(view, ContainerId.From(id))
        ? Outcome.NotYet("Attaching to the output of a container", "ATTACH_CONTAINER_OUTPUT")
        : Outcome.NotFound($"Container {ContainerId.From(id)} cannot be found");

    private static bool Exists(AgentView view, ContainerId id) => view.Frameworks
        .SelectMany(framework => framework.Executors)
        .Any(executor => executor.Container == id || executor.Nested.Any(nested => nested.Container == id));
}
