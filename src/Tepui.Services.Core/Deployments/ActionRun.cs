namespace Tepui.Services.Core.Deployments;

/// <summary>One action of the step under way, and what is known of it beside the instances.</summary>
internal sealed class ActionRun(DeploymentAction action, DateTimeOffset begun)
{
    /// <summary>What it does.</summary>
    public DeploymentAction Action { get; } = action;

    /// <summary>Nothing is left to do; stays so, whatever becomes of instances.</summary>
    public bool IsDone { get; set; }

    /// <summary>All new instances that may come before promotion are ready.</summary>
    public bool IsAtGate { get; set; }

    /// <summary>How often it was promoted.</summary>
    public int Promotions { get; set; }

    /// <summary>New instances that failed.</summary>
    public int Failures { get; set; }

    /// <summary>Instances to keep while paused.</summary>
    public int? Held { get; set; }

    /// <summary>The last time it came nearer to its end.</summary>
    public DateTimeOffset ProgressedAt { get; set; } = begun;

    /// <summary>Since when all instances before promotion are ready.</summary>
    public DateTimeOffset? ReadySince { get; set; }

    /// <summary>Most new instances that were ready.</summary>
    public int MostReady { get; set; }

    /// <summary>Fewest instances that had still to go.</summary>
    public int FewestLeaving { get; set; } = int.MaxValue;
}
