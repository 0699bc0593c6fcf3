using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core;

/// <summary>Keys of the store; jobs.proto says what lies there.</summary>
public static class StoreKeys
{
    /// <summary>The framework id.</summary>
    public const string Framework = "framework";

    /// <summary>What the author of a job wants.</summary>
    public static string Job(JobName job) => "jobs/" + job.Value;

    /// <summary>What became of a job.</summary>
    public static string Progress(JobName job) => "progress/" + job.Value;

    /// <summary>A run.</summary>
    public static string Run(RunId run) => $"runs/{run.Job.Value}/{run.Number}";

    /// <summary>Something to tell.</summary>
    public static string Notice(long sequence) => $"notices/{sequence}";
}
