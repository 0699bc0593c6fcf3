using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Model.Identifiers;

namespace Tepui.Jobs.Core.Launching.Tasks;

/// <summary>What a task is described from.</summary>
/// <param name="Options">Of the core.</param>
/// <param name="Framework">Ours.</param>
/// <param name="Job">What its author wants.</param>
/// <param name="Run">The run, its last attempt being the task.</param>
/// <param name="Hostname">Name of the agent.</param>
/// <param name="Amounts">What the task takes.</param>
internal sealed record LaunchOrder(JobsOptions Options, FrameworkId Framework, JobSpec Job, Run Run, string Hostname, Amounts Amounts)
{
    /// <summary>The task.</summary>
    public Attempt Attempt { get; } = Run.Last ?? throw new ArgumentException("A run is launched without an attempt.", nameof(Run));

    /// <summary>Unix user; <see langword="null"/>: the framework's.</summary>
    public string? User => Job.RunAsUser.Length > 0 ? Job.RunAsUser : Options.User;
}
