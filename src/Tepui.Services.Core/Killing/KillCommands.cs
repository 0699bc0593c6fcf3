using System.Text.Json.Nodes;
using Tepui.Model.Identifiers;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Killing;

/// <summary>Requests that end instances. Without scaling they are replaced; with it the app has so many fewer from then on.</summary>
internal static class KillCommands
{
    private const string ScaleAndWipe = "You cannot use scale and wipe at the same time.";

    /// <summary>DELETE of tasks of one app.</summary>
    public static CommandOutcome KillAppTasks(Turn turn, ServicesCommand.KillAppTasks command)
    {
        if (command is { Scale: true, Wipe: true })
        {
            return Refused(RefusalKind.BadRequest, ScaleAndWipe);
        }

        if (turn.State.Catalog.Tree.App(command.Id) is null)
        {
            return Refusals.NoApp(command.Id);
        }

        var all = Living(turn, command.Id);
        if (command.Scale && all.Count == 0)
        {
            return Refusals.NoApp(command.Id);
        }

        var victims = all.Where(instance => IsMeant(instance, command)).ToList();
        if (command.Scale)
        {
            return ScaleDown(turn, victims, command.Force);
        }

        return command.TaskId is { } task && victims.Count == 0
            ? Refused(RefusalKind.NotFound, $"Task '{task}' does not exist")
            : Kill(turn, victims, command.Wipe);
    }

    /// <summary>Tasks of any apps, by id.</summary>
    public static CommandOutcome KillTasks(Turn turn, ServicesCommand.KillTasks command)
    {
        if (command is { Scale: true, Wipe: true })
        {
            return Refused(RefusalKind.BadRequest, ScaleAndWipe);
        }

        var problems = new List<PathProblem>();
        var ids = Ids(command.Body, problems);
        if (problems.Count > 0)
        {
            return new CommandOutcome.Refused(RefusalKind.Invalid, "Invalid JSON", problems, []);
        }

        if (ids.Find(id => TaskIds.Parse(new(id)) is null) is { } bad)
        {
            return Refused(RefusalKind.BadRequest, $"'{bad}' is no task id");
        }

        var victims = ids
            .Select(id => turn.State.Instances.Find(new TaskId(id)))
            .OfType<Instance>()
            .Where(instance => instance.IsWanted && turn.State.Catalog.Tree.App(instance.Spec) is not null)
            .DistinctBy(instance => instance.Id)
            .ToList();
        return command.Scale ? ScaleDown(turn, victims, command.Force) : Kill(turn, victims, command.Wipe);
    }

    /// <summary>Instances of a pod.</summary>
    public static CommandOutcome KillPodInstances(Turn turn, ServicesCommand.KillPodInstances command)
    {
        if (turn.State.Catalog.Tree.Pod(command.Id) is null)
        {
            return Refusals.NoPod(command.Id);
        }

        if (command.Instances.FirstOrDefault(id => TaskIds.SpecOf(new(id)) is null) is { } bad)
        {
            return Refused(RefusalKind.Invalid, $"'{bad}' is no instance id");
        }

        var victims = Living(turn, command.Id).Where(instance => command.Instances.Contains(instance.Id.Value, StringComparer.Ordinal)).ToList();
        return command.IsSingle && victims.Count == 0
            ? Refused(RefusalKind.NotFound, $"Instance '{string.Join(' ', command.Instances)}' does not exist")
            : Kill(turn, victims, command.Wipe);
    }

    private static List<Instance> Living(Turn turn, PathId spec) =>
        [.. turn.State.Instances.Of(spec).All.Where(instance => instance.IsWanted).OrderBy(instance => instance.Id)];

    private static bool IsMeant(Instance instance, ServicesCommand.KillAppTasks command) =>
        (command.Host is null or "*" || instance.Host?.Hostname == command.Host)
        && (command.TaskId is not { } task || instance.Tasks.Any(own => own.Id.Value == task) || instance.Id.Value == task);

    private static CommandOutcome.Killed Kill(Turn turn, List<Instance> victims, bool wipe)
    {
        foreach (var instance in victims)
        {
            var isResident = turn.State.SpecOf(instance) is { IsResident: true };
            turn.State.Kills.End(turn, instance, isResident && !wipe ? Goal.Running : Goal.Decommissioned);
        }

        return new CommandOutcome.Killed(victims);
    }

    // The victims are sentenced once the smaller count is accepted, so that the deployment finds them gone and ends no others.
    private static CommandOutcome ScaleDown(Turn turn, List<Instance> victims, bool force)
    {
        var target = turn.State.Catalog.Tree;
        foreach (var group in victims.GroupBy(instance => instance.Spec))
        {
            target = Shrunk(target, group.Key, group.Count());
        }

        var specs = victims.Select(instance => instance.Spec).Distinct().ToList();
        var outcome = TreeUpdate.Deploy(turn, target, force, specs is [var only] ? only.Parent : PathId.Root);
        if (outcome is CommandOutcome.Deployed)
        {
            foreach (var instance in victims)
            {
                turn.State.Kills.End(turn, instance, turn.State.SpecOf(instance) is { IsResident: true } ? Goal.Stopped : Goal.Decommissioned);
            }
        }

        return outcome;
    }

    private static ServiceTree Shrunk(ServiceTree tree, PathId id, int fewer) =>
        tree.Spec(id) is { } spec ? tree with { Specs = tree.Specs.SetItem(id, spec with { Instances = Math.Max(0, spec.Instances - fewer) }) } : tree;

    private static List<string> Ids(JsonNode? body, List<PathProblem> problems)
    {
        if (body is not JsonObject document)
        {
            problems.Add(new("/", ["error.expected.jsobject"]));
            return [];
        }

        if (document["ids"] is not JsonArray list)
        {
            problems.Add(new("/ids", [document.ContainsKey("ids") ? "error.expected.jsarray" : "error.path.missing"]));
            return [];
        }

        var ids = new List<string>();
        for (var index = 0; index < list.Count; index++)
        {
            if (list[index] is JsonValue value && value.TryGetValue<string>(out var id))
            {
                ids.Add(id);
            }
            else
            {
                problems.Add(new($"/ids({index})", ["error.expected.jsstring"]));
            }
        }

        return ids;
    }

    private static CommandOutcome.Refused Refused(RefusalKind kind, string message) => new(kind, message);
}
