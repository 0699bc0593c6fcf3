using System.Text.Json.Nodes;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Commands;

/// <summary>Commands on apps.</summary>
internal static class AppCommands
{
    /// <summary>A new app.</summary>
    public static CommandOutcome Create(Turn turn, ServicesCommand.CreateApp command)
    {
        var made = AppDocuments.Create(command.Body, Context(turn, command.Force));
        if (made.Spec is not { } app)
        {
            return made.Refusal!;
        }

        return turn.State.Catalog.Tree.App(app.Id) is not null
            ? new CommandOutcome.Refused(RefusalKind.Conflict, $"An app with id [{app.Id}] already exists.")
            : Deploy(turn, app, command.Force, isNew: true);
    }

    /// <summary>A change of one app, in part or as a whole; makes it if it may.</summary>
    public static CommandOutcome Put(Turn turn, ServicesCommand.PutApp command)
    {
        var present = turn.State.Catalog.Tree.App(command.Id);
        if (present is null && command.MustExist)
        {
            return Refusals.NoApp(command.Id);
        }

        if (present is not null && Rollback.VersionOf(command.Body) is { } version)
        {
            return Rollback.App(turn, present, command.Body!, version, command.Force);
        }

        var context = Context(turn, command.Force) with { Id = command.Id };
        var made = present is null || !command.Partial ? AppDocuments.Create(command.Body, context) : AppDocuments.Update(present, command.Body, context);
        return made.Spec is { } app ? Deploy(turn, app, command.Force, isNew: present is null) : made.Refusal!;
    }

    /// <summary>A change of several apps in one deployment.</summary>
    public static CommandOutcome PutAll(Turn turn, ServicesCommand.PutApps command)
    {
        if (command.Body is not JsonArray bodies)
        {
            return new CommandOutcome.Refused(RefusalKind.Invalid, "Invalid JSON", [new("/", ["error.expected.jsarray"])], []);
        }

        var tree = turn.State.Catalog.Tree;
        var apps = new List<AppSpec>();
        var problems = new List<PathProblem>();
        CommandOutcome.Refused? other = null;
        foreach (var (body, index) in bodies.Select((body, index) => (body, index)))
        {
            var context = Context(turn, command.Force) with { Prefix = $"({index})" };
            var present = (body as JsonObject)?["id"] is JsonValue value && value.TryGetValue<string>(out var id) ? tree.App(PathId.Resolve(id, PathId.Root)) : null;
            if (present is null && command.MustExist && (body as JsonObject)?["id"] is JsonValue unknown && unknown.TryGetValue<string>(out var missing))
            {
                return Refusals.NoApp(PathId.Resolve(missing, PathId.Root));
            }

            var made = present is null || !command.Partial ? AppDocuments.Create(body, context) : AppDocuments.Update(present, body, context);
            if (made.Spec is { } app)
            {
                apps.Add(app);
            }
            else if (made.Refusal is { Problems.Count: > 0 } refusal)
            {
                problems.AddRange(refusal.Problems);
                other = refusal;
            }
            else
            {
                return made.Refusal!;
            }
        }

        if (other is not null)
        {
            return other with { Problems = problems };
        }

        var version = turn.NextVersion();
        var target = apps.Aggregate(tree, (wanted, app) => wanted.With(app with { Version = version }));
        var outcome = TreeUpdate.Deploy(turn, target, command.Force, PathId.Root);
        if (outcome is CommandOutcome.Deployed)
        {
            foreach (var app in apps)
            {
                Tell(turn, app.Id);
            }
        }

        return outcome;
    }

    /// <summary>The app and its instances go.</summary>
    public static CommandOutcome Delete(Turn turn, ServicesCommand.DeleteApp command)
    {
        var tree = turn.State.Catalog.Tree;
        if (tree.App(command.Id) is null)
        {
            return Refusals.NoApp(command.Id);
        }

        return TreeUpdate.Deploy(turn, tree.WithoutSpec(command.Id, turn.NextVersion()), command.Force, command.Id.Parent);
    }

    /// <summary>New instances in place of all.</summary>
    public static CommandOutcome Restart(Turn turn, ServicesCommand.RestartApp command)
    {
        var tree = turn.State.Catalog.Tree;
        if (tree.App(command.Id) is not { } app)
        {
            return Refusals.NoApp(command.Id);
        }

        var version = turn.NextVersion();
        var outcome = Deployments.DeploymentStart.Start(turn, tree.With(app with { Version = version, LastConfigChangeAt = version }), command.Force);
        if (outcome is CommandOutcome.Deployed)
        {
            turn.State.Queue.ResetDelay(turn, app.Id);
            turn.Publish(new ServiceEvent.GroupChanged(app.Id.Parent, version));
        }

        return outcome;
    }

    /// <summary>Deploys one app, and tells.</summary>
    /// <param name="turn">The step.</param>
    /// <param name="app">Without versions.</param>
    /// <param name="force">Takes over locks.</param>
    /// <param name="isNew">There was none.</param>
    /// <param name="restored">Earlier version that it goes back to.</param>
    public static CommandOutcome Deploy(Turn turn, AppSpec app, bool force, bool isNew, RunSpec? restored = null)
    {
        var target = turn.State.Catalog.Tree.With(app with { Version = turn.NextVersion() });
        var outcome = TreeUpdate.Deploy(turn, target, force, app.Id.Parent, id => id == app.Id ? restored : null);
        if (outcome is not CommandOutcome.Deployed deployed)
        {
            return outcome;
        }

        Tell(turn, app.Id);
        return deployed with { Created = isNew, Spec = turn.State.Catalog.Tree.Spec(app.Id) };
    }

    private static void Tell(Turn turn, PathId id)
    {
        if (turn.State.Catalog.Tree.App(id) is { } app)
        {
            turn.Publish(new ServiceEvent.AppPosted(turn.Origin.ClientIp, turn.Origin.Uri, app));
        }
    }

    private static DocumentContext Context(Turn turn, bool force) => new(turn.State.Options, turn.State.Catalog.Tree, PathId.Root, Force: force);
}
