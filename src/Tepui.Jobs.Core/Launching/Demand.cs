using System.Text;
using Tepui.Jobs.Core.Launching.Matching;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Launching;

/// <summary>What an offer must have for a run: runs with equal demands are judged once.</summary>
/// <param name="Amounts">What it takes.</param>
/// <param name="Constraints">Text that is equal for equal constraints; empty without any.</param>
internal readonly record struct Demand(Amounts Amounts, string Constraints)
{
    private const char Separator = '\0';

    /// <summary>Of every run of a job; what its author left open is as the options say.</summary>
    public static Demand Of(JobSpec job, JobsOptions options) => new(AmountsOf(job, options), Text(job.Constraints));

    /// <summary>What a run of a job takes.</summary>
    public static Amounts AmountsOf(JobSpec job, JobsOptions options) => new(
        job.Cpus > 0 ? job.Cpus : options.TaskCpu,
        job.Mem > 0 ? job.Mem : options.TaskMem,
        job.Disk > 0 ? job.Disk : options.TaskDisk);

    private static string Text(IReadOnlyList<Constraint> constraints)
    {
        if (constraints.Count == 0)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var constraint in constraints.Where(ConstraintRule.HasEffect))
        {
            text.Append(constraint.Attribute).Append(Separator).Append(constraint.Operator).Append(Separator).Append(constraint.Value).Append(Separator);
        }

        return text.ToString();
    }
}
