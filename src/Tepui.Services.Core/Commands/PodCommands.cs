using System.Text.Json.Nodes;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Commands;

/// <summary>Commands on pods.</summary>
internal static class PodCommands
{
    /// <summary>A new pod.</summary>
    public static CommandOutcome Create(Turn turn, ServicesCommand.CreatePod command)
    {
        var made = PodDocuments.Create(command.Body, Context(turn, command.Force));
        if (made.Spec is not { } pod)
        {
            return made.Refusal!;
        }

        return turn.State.Catalog.Tree.Pod(pod.Id) is not null
            ? new CommandOutcome.Refused(RefusalKind.Conflict, $"A pod with id [{pod.Id}] already exists.")
            : Deploy(turn, pod, command.Force, isNew: true);
    }

    /// <summary>A full replacement of a pod.</summary>
    public static CommandOutcome Put(Turn turn, ServicesCommand.PutPod command)
    {
        if ((command.Body as JsonObject)?["id"] is JsonValue value && value.TryGetValue<string>(out var text) && PathId.Resolve(text, PathId.Root) is var id && id != command.Id)
        {
            return new CommandOutcome.Refused(RefusalKind.BadRequest, $"The id of the body is '{id}', that of the address '{command.Id}'; they must be the same");
        }

        var made = PodDocuments.Create(command.Body, Context(turn, command.Force) with { Id = command.Id });
        if (made.Spec is not { } pod)
        {
            return made.Refusal!;
        }

        return turn.State.Catalog.Tree.Pod(command.Id) is null ? Refusals.NoPod(command.Id) : Deploy(turn, pod, command.Force, isNew: false);
    }

    /// <summary>The pod and its instances go.</summary>
    public static CommandOutcome Delete(Turn turn, ServicesCommand.DeletePod command)
    {
        var tree = turn.State.Catalog.Tree;
        if (tree.Pod(command.Id) is null)
        {
            return Refusals.NoPod(command.Id);
        }

        var outcome = TreeUpdate.Deploy(turn, tree.WithoutSpec(command.Id, turn.NextVersion()), command.Force, command.Id.Parent);
        Tell(turn, outcome, "deleted");
        return outcome;
    }

    private static CommandOutcome Deploy(Turn turn, PodSpec pod, bool force, bool isNew)
    {
        var target = turn.State.Catalog.Tree.With(pod with { Version = turn.NextVersion() });
        var outcome = TreeUpdate.Deploy(turn, target, force, pod.Id.Parent);
        Tell(turn, outcome, isNew ? "created" : "updated");
        return outcome is CommandOutcome.Deployed deployed ? deployed with { Created = isNew, Spec = turn.State.Catalog.Tree.Spec(pod.Id) } : outcome;
    }

    private static void Tell(Turn turn, CommandOutcome outcome, string kind)
    {
        if (outcome is CommandOutcome.Deployed)
        {
            turn.Publish(new ServiceEvent.PodChanged(kind, turn.Origin.ClientIp, turn.Origin.Uri));
        }
    }

    private static DocumentContext Context(Turn turn, bool force) => new(turn.State.Options, turn.State.Catalog.Tree, PathId.Root, Force: force);
}
