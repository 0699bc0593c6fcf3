using Tepui.Web.Services;

namespace Tepui.Web.Pages.Deployments;

/// <summary>How far a step or an action is.</summary>
public enum StepState
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>Under way.</summary>
    Active,

    /// <summary>Not begun.</summary>
    Waiting,
}

/// <summary>One action as shown.</summary>
/// <param name="App">What it changes.</param>
/// <param name="Verb">As in <c>restart</c>.</param>
/// <param name="Percent">How far it is, 0 to 100; null when that is not known.</param>
/// <param name="Text">The same in words; empty when there is nothing to say.</param>
public sealed record ActionView(string App, string Verb, int? Percent, string Text);

/// <summary>One step as shown.</summary>
/// <param name="Number">From 1.</param>
/// <param name="State">How far it is.</param>
/// <param name="Actions">What it does, side by side.</param>
public sealed record StepView(int Number, StepState State, IReadOnlyList<ActionView> Actions);

/// <summary>A deployment as shown.</summary>
public sealed record DeploymentView
{
    /// <summary>What it is about.</summary>
    public required Deployment Deployment { get; init; }

    /// <summary>Its state or outcome in words.</summary>
    public required string State { get; init; }

    /// <summary>How to colour that.</summary>
    public required string Tone { get; init; }

    /// <summary>How far it is in all, 0 to 100.</summary>
    public required int Percent { get; init; }

    /// <summary>Its steps.</summary>
    public required IReadOnlyList<StepView> Steps { get; init; }

    /// <summary>Whether it can be halted.</summary>
    public bool CanPause => Deployment is { IsRunning: true, State: "running" or "waitingForPromotion" };

    /// <summary>Whether it is halted.</summary>
    public bool CanResume => Deployment is { IsRunning: true, State: "paused" };

    /// <summary>Whether it waits for a word to go on.</summary>
    public bool CanPromote => Deployment is { IsRunning: true, State: "waitingForPromotion" };

    /// <summary>Whether it can be undone: one that already is being undone cannot.</summary>
    public bool CanRollBack => Deployment is { IsRunning: true, State: not "rollingBack" };

    /// <summary>Builds it.</summary>
    public static DeploymentView Of(Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        var (state, tone) = StateOf(deployment);
        var steps = deployment.Steps.Select((actions, index) => Step(deployment, actions, index + 1)).ToList();
        return new DeploymentView
        {
            Deployment = deployment,
            State = state,
            Tone = tone,
            Percent = PercentOf(deployment, steps),
            Steps = steps,
        };
    }

    private static StepView Step(Deployment deployment, IReadOnlyList<DeploymentAction> actions, int number)
    {
        var state = deployment.Outcome == "success" || number < deployment.CurrentStep ? StepState.Done
            : number == deployment.CurrentStep ? StepState.Active
            : StepState.Waiting;
        return new StepView(number, state, [.. actions.Select(action => Action(deployment, action, state))]);
    }

    private static ActionView Action(Deployment deployment, DeploymentAction action, StepState state)
    {
        var verb = Words.Action(action.Action);
        var progress = state == StepState.Active && deployment.IsRunning ? deployment.Progress.FirstOrDefault(part => part.App == action.App) : null;
        return state == StepState.Done ? new ActionView(action.App, verb, 100, "")
            : progress is null ? new ActionView(action.App, verb, state == StepState.Waiting ? 0 : null, "")
            : new ActionView(action.App, verb, Fraction(progress), TextOf(progress));
    }

    // What is ready, of what is wanted and of the old instances that still have to go.
    private static int Fraction(ActionProgress progress)
    {
        var work = progress.Target + progress.Old;
        return work == 0 ? 100 : (int)Math.Floor(100 * Math.Clamp((double)progress.Ready / work, 0, 1));
    }

    private static string TextOf(ActionProgress progress)
    {
        var text = $"{Show.Count(progress.Ready)} of {Show.Count(progress.Target)} ready";
        var coming = progress.New - progress.Ready;
        return text + (coming > 0 ? $", {Show.Count(coming)} to come" : "") + (progress.Old > 0 ? $", {Show.Count(progress.Old)} old" : "");
    }

    private static int PercentOf(Deployment deployment, List<StepView> steps)
    {
        if (deployment.Outcome == "success")
        {
            return 100;
        }

        if (steps.Count == 0)
        {
            return deployment.TotalSteps == 0 ? 0 : 100 * Math.Max(0, deployment.CurrentStep - 1) / deployment.TotalSteps;
        }

        var parts = steps.Select(step => step.Actions.Count == 0 ? 0 : step.Actions.Average(action => action.Percent ?? 0));
        return (int)Math.Floor(parts.Average());
    }

    private static (string State, string Tone) StateOf(Deployment deployment) => (deployment.Outcome ?? deployment.State) switch
    {
        "success" => ("succeeded", "good"),
        "failed" => ("failed", "bad"),
        "cancelled" => ("stopped", "muted"),
        "rolledBack" => ("rolled back", "muted"),
        "paused" => ("paused", "muted"),
        "waitingForPromotion" => ("waits for promotion", "busy"),
        "rollingBack" => ("rolling back", "busy"),
        "running" => ("running", "busy"),
        var other => (other, "muted"),
    };
}
