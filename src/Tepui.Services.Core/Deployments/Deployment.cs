using Tepui.Model.Time;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Deployments;

/// <summary>A deployment under way. What its instances do is not kept here: it is read off the instances, so that it survives a restart at any point.</summary>
internal sealed class Deployment
{
    private readonly Dictionary<PathId, (int First, int Last)> _reach = [];
    private readonly Dictionary<PathId, ActionRun> _runs = [];

    /// <summary>A UUID.</summary>
    public required string Id { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The version of the tree it leads to.</summary>
    public DateTimeOffset Version { get; private set; }

    /// <summary>What it affects, before.</summary>
    public ServiceTree Original { get; private set; } = ServiceTree.Empty;

    /// <summary>What it affects, after.</summary>
    public ServiceTree Target { get; private set; } = ServiceTree.Empty;

    /// <summary>All steps.</summary>
    public IReadOnlyList<DeploymentStep> Steps { get; private set; } = [];

    /// <summary>The step under way, from 0; the count of steps when all are done.</summary>
    public int StepIndex { get; private set; }

    /// <summary>How it stands.</summary>
    public DeploymentState State { get; set; } = DeploymentState.Running;

    /// <summary>Why it is paused or goes back; empty when there is nothing to say.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Has failed and goes back; <see cref="Original"/> and <see cref="Target"/> have changed places.</summary>
    public bool IsRollingBack { get; set; }

    /// <summary>The deployment it takes back, if it was started for that.</summary>
    public string? Reverts { get; init; }

    /// <summary>Rings when a deadline or a promotion may be due.</summary>
    public Alarm<Turn>? Alarm { get; set; }

    /// <summary>Actions of the present step that are not done.</summary>
    public int Undone { get; set; }

    /// <summary>Actions of the present step that wait for promotion.</summary>
    public int AtGate { get; set; }

    /// <summary>Apps and pods it owns.</summary>
    public IReadOnlyCollection<PathId> Specs => _reach.Keys;

    /// <summary>The actions of the present step.</summary>
    public IReadOnlyCollection<ActionRun> Runs => _runs.Values;

    /// <summary>Whether it goes back to what ran before: nothing is tried out, so nothing is promoted and nothing gives up.</summary>
    public bool IsReturning => IsRollingBack || Reverts is not null;

    /// <summary>Sets where it leads and how.</summary>
    public void Lead(ServiceTree original, ServiceTree target, DateTimeOffset version, IReadOnlyList<DeploymentStep> steps)
    {
        (Original, Target, Version, Steps) = (original, target, version, steps);
        _reach.Clear();
        for (var index = 0; index < steps.Count; index++)
        {
            foreach (var action in steps[index].Actions)
            {
                _reach[action.Spec] = (_reach.TryGetValue(action.Spec, out var reach) ? reach.First : index, index);
            }
        }
    }

    /// <summary>Begins a step.</summary>
    public void Enter(int step, DateTimeOffset now)
    {
        StepIndex = step;
        _runs.Clear();
        if (step < Steps.Count)
        {
            foreach (var action in Steps[step].Actions)
            {
                _runs[action.Spec] = new(action, now);
            }
        }

        Undone = _runs.Count;
        AtGate = 0;
    }

    /// <summary>The action of the present step on this spec, if there is one.</summary>
    public ActionRun? RunOf(PathId spec) => _runs.GetValueOrDefault(spec);

    /// <summary>Whether the spec's last action is in a step that is over.</summary>
    public bool IsBehind(PathId spec) => _reach[spec].Last < StepIndex;
}
