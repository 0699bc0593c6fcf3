using Tepui.Protocol.Services;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Deployments;

/// <summary>Deployments as the store holds them.</summary>
internal static class DeploymentEntries
{
    /// <summary>As stored.</summary>
    public static DeploymentEntry Write(Deployment deployment)
    {
        var entry = new DeploymentEntry
        {
            Id = deployment.Id,
            Version = Millis(deployment.Version),
            StartedAt = Millis(deployment.StartedAt),
            Original = Side(deployment.Original),
            Target = Side(deployment.Target),
            StepIndex = deployment.StepIndex,
            State = (int)deployment.State,
            Reason = deployment.Reason,
            RollingBack = deployment.IsRollingBack,
        };
        if (deployment.Reverts is { } reverts)
        {
            entry.Reverts = reverts;
        }

        entry.Steps.AddRange(deployment.Steps.Select(Write));
        entry.Notes.AddRange(deployment.Runs.Select(Note).OfType<DeploymentEntry.Types.Note>());
        return entry;
    }

    /// <summary>One that is over, as stored: what became of it, without what it changed.</summary>
    public static DeploymentEntry WriteFinished(DeploymentView view)
    {
        var entry = new DeploymentEntry
        {
            Id = view.Id,
            Version = Millis(view.Version),
            StartedAt = Millis(view.StartedAt),
            FinishedAt = Millis(view.FinishedAt!.Value),
            Original = new(),
            Target = new(),
            StepIndex = view.StepIndex,
            State = (int)view.State,
            Reason = view.Reason,
            Strategy = (int)view.Strategy,
        };
        entry.Steps.AddRange(view.Steps.Select(Write));
        return entry;
    }

    /// <summary>One that is over, from the store.</summary>
    public static DeploymentView ReadFinished(DeploymentEntry entry) => new()
    {
        Id = entry.Id,
        Version = Time(entry.Version),
        StartedAt = Time(entry.StartedAt),
        FinishedAt = Time(entry.FinishedAt),
        Original = ServiceTree.Empty,
        Target = ServiceTree.Empty,
        Steps = [.. entry.Steps.Select(Read)],
        StepIndex = entry.StepIndex,
        State = (DeploymentState)entry.State,
        Strategy = (DeploymentStrategy)entry.Strategy,
        Reason = entry.Reason,
    };

    /// <summary>One under way, from the store.</summary>
    /// <param name="entry">As stored.</param>
    /// <param name="now">Deadlines count from here again.</param>
    public static Deployment Read(DeploymentEntry entry, DateTimeOffset now)
    {
        var deployment = new Deployment
        {
            Id = entry.Id,
            StartedAt = Time(entry.StartedAt),
            State = (DeploymentState)entry.State,
            Reason = entry.Reason,
            IsRollingBack = entry.RollingBack,
            Reverts = entry.HasReverts ? entry.Reverts : null,
        };
        deployment.Lead(Side(entry.Original), Side(entry.Target), Time(entry.Version), [.. entry.Steps.Select(Read)]);
        deployment.Enter(entry.StepIndex, now);
        foreach (var note in entry.Notes)
        {
            if (deployment.RunOf(new(note.Spec)) is { } run)
            {
                run.Failures = note.Failures;
                run.Promotions = note.Promotions;
                run.Held = note.HasHeld ? note.Held : null;
            }
        }

        return deployment;
    }

    private static DeploymentEntry.Types.Step Write(DeploymentStep step)
    {
        var entry = new DeploymentEntry.Types.Step();
        entry.Actions.AddRange(step.Actions.Select(action => new DeploymentEntry.Types.Action { Kind = (int)action.Kind, Spec = action.Spec.Value, IsPod = action.IsPod }));
        return entry;
    }

    private static DeploymentStep Read(DeploymentEntry.Types.Step entry) =>
        new([.. entry.Actions.Select(action => new DeploymentAction((ActionKind)action.Kind, new(action.Spec), action.IsPod))]);

    private static DeploymentEntry.Types.Note? Note(ActionRun run)
    {
        if (run is { Failures: 0, Promotions: 0, Held: null })
        {
            return null;
        }

        var note = new DeploymentEntry.Types.Note { Spec = run.Action.Spec.Value, Failures = run.Failures, Promotions = run.Promotions };
        if (run.Held is { } held)
        {
            note.Held = held;
        }

        return note;
    }

    private static DeploymentEntry.Types.Side Side(ServiceTree tree)
    {
        var side = new DeploymentEntry.Types.Side();
        side.Specs.AddRange(tree.Specs.Values.Select(SpecEntries.Write));
        side.Groups.AddRange(tree.Groups.Values.Select(GroupEntries.Write));
        return side;
    }

    private static ServiceTree Side(DeploymentEntry.Types.Side side) => new(
        ServiceTree.Empty.Groups.SetItems(side.Groups.Select(GroupEntries.Read).Select(group => KeyValuePair.Create(group.Id, group))),
        ServiceTree.Empty.Specs.SetItems(side.Specs.Select(SpecEntries.Read).Select(spec => KeyValuePair.Create(spec.Id, spec))));

    private static long Millis(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static DateTimeOffset Time(long millis) => DateTimeOffset.FromUnixTimeMilliseconds(millis);
}
