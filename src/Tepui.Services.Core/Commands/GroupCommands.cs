using System.Text.Json.Nodes;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Commands;

/// <summary>Commands on groups.</summary>
internal static class GroupCommands
{
    /// <summary>A new group with all that is in it.</summary>
    public static CommandOutcome Create(Turn turn, ServicesCommand.CreateGroup command)
    {
        var tree = turn.State.Catalog.Tree;
        var id = GroupDocuments.IdOf(command.Body, command.Id);
        var made = GroupDocuments.Apply(id, command.Body, Context(turn, command.Force), turn.NextVersion());
        if (made.Spec is not { } target)
        {
            return made.Refusal!;
        }

        if (tree.Group(id) is not null && !id.IsRoot)
        {
            return new CommandOutcome.Refused(RefusalKind.Conflict, $"Group {id} is already created. Use PUT to change this group.");
        }

        if (tree.Spec(id) is not null)
        {
            return new CommandOutcome.Refused(RefusalKind.Conflict, $"An app with the path {id} already exists.");
        }

        return Deploy(turn, id, target, command.Force);
    }

    /// <summary>A change of a group; makes it if it is not there.</summary>
    public static CommandOutcome Put(Turn turn, ServicesCommand.PutGroup command)
    {
        var tree = turn.State.Catalog.Tree;
        var made = Target(turn, command);
        if (made.Spec is not { } target)
        {
            return made.Refusal!;
        }

        var restored = Restored(turn, command);
        if (!command.DryRun)
        {
            return Deploy(turn, command.Id, target, command.Force, restored);
        }

        if (TreeUpdate.Complete(turn, target, out var complete) is { } refusal)
        {
            return refusal;
        }

        var stamped = TreeUpdate.Stamp(turn, complete, turn.NextVersion(), restored);
        return new CommandOutcome.Planned(tree, stamped, DeploymentStart.Plan(turn.State, stamped));
    }

    /// <summary>Sets whether apps below use the group's name as role; deploys nothing.</summary>
    public static CommandOutcome Patch(Turn turn, ServicesCommand.PatchGroup command)
    {
        var made = GroupDocuments.Patch(command.Id, command.Body, Context(turn, command.Force), turn.NextVersion());
        if (made.Spec is not { } target)
        {
            return made.Refusal!;
        }

        turn.State.Catalog.Change(turn, target);
        return new CommandOutcome.Done();
    }

    /// <summary>A group and everything below it go; of the root, everything.</summary>
    public static CommandOutcome Delete(Turn turn, ServicesCommand.DeleteGroup command) => turn.State.Catalog.Tree.Group(command.Id) is null
        ? Refusals.NoGroup(command.Id)
        : TreeUpdate.Deploy(turn, turn.State.Catalog.Tree.WithoutGroup(command.Id, turn.NextVersion()), command.Force, command.Id);

    private static DocumentResult<ServiceTree> Target(Turn turn, ServicesCommand.PutGroup command)
    {
        if (Rollback.VersionOf(command.Body) is not { } version)
        {
            return GroupDocuments.Apply(command.Id, command.Body, Context(turn, command.Force), turn.NextVersion());
        }

        if (command.Body!.AsObject().Any(member => member.Key is not ("version" or "id") && member.Value is not (null or JsonArray { Count: 0 })))
        {
            return new(null, Refusals.Invalid("/version", "The version may only be given alone."));
        }

        var refusal = Rollback.Group(turn, command.Id, version, out var target);
        return new(target, refusal);
    }

    // A group that goes back takes its apps back: instances of those versions that are still there serve again.
    private static Func<PathId, RunSpec?>? Restored(Turn turn, ServicesCommand.PutGroup command) =>
        Rollback.VersionOf(command.Body) is { } version && Rollback.Group(turn, command.Id, version, out var earlier) is null ? id => earlier!.Spec(id) : null;

    private static CommandOutcome Deploy(Turn turn, PathId id, ServiceTree target, bool force, Func<PathId, RunSpec?>? restored = null)
    {
        var isNew = turn.State.Catalog.Tree.Group(id) is null;
        var outcome = TreeUpdate.Deploy(turn, target, force, id, restored);
        return outcome is CommandOutcome.Deployed deployed ? deployed with { Created = isNew } : outcome;
    }

    private static DocumentContext Context(Turn turn, bool force) => new(turn.State.Options, turn.State.Catalog.Tree, PathId.Root, Force: force);
}
