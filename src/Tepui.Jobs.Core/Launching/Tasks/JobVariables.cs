using System.Globalization;
using Tepui.Jobs.Core.Runs;
using Tepui.Model.Resources;
using Environment = Tepui.Protocol.V1.Environment;

namespace Tepui.Jobs.Core.Launching.Tasks;

/// <summary>The environment of a task: what is built in, then the run's variables, then its job's. The first of a name holds.</summary>
internal sealed class JobVariables
{
    // Linux starts no process with a variable of more than 128 KiB.
    private const int ParentsMost = 32_768;

    private readonly Environment _environment = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>All of a task.</summary>
    public static Environment Of(LaunchOrder order)
    {
        var variables = new JobVariables();
        variables.AddBuiltIn(order);
        foreach (var variable in order.Run.Environment.Concat(order.Job.Environment))
        {
            variables.Add(variable.Name, variable.Value);
        }

        return variables._environment;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFK", CultureInfo.InvariantCulture);

    // Those of the rest are left out, and none is named by half.
    private static string Parents(IEnumerable<RunId> parents)
    {
        var all = string.Join(',', parents);
        return all.Length <= ParentsMost ? all : all[..Math.Max(0, all.LastIndexOf(',', ParentsMost))];
    }

    private static string Amount(long thousandths) => Thousandths.ToDouble(thousandths).ToString("0.0##", CultureInfo.InvariantCulture);

    private void AddBuiltIn(LaunchOrder order)
    {
        var (job, run, task) = (order.Job, order.Run, order.Attempt.Task.Value);
        Add("mesos_task_id", task);
        Add("MESOS_TASK_ID", task);
        Add("CHRONOS_JOB_OWNER", job.Owner);
        Add("CHRONOS_JOB_NAME", job.Name.Value);
        Add("HOST", order.Hostname);
        Add("CHRONOS_RESOURCE_MEM", Amount(order.Amounts.Mem));
        Add("CHRONOS_RESOURCE_CPU", Amount(order.Amounts.Cpus));
        Add("CHRONOS_RESOURCE_DISK", Amount(order.Amounts.Disk));
        Add("CHRONOS_JOB_RUN_TIME", task.Split(':', 3) is [_, var ms, _] ? ms : "0");
        Add("CHRONOS_JOB_RUN_ATTEMPT", order.Attempt.Number.ToString(CultureInfo.InvariantCulture));
        Add("TEPUI_JOB", job.Name.Value);
        Add("TEPUI_RUN", run.Id.Number.ToString(CultureInfo.InvariantCulture));
        Add("TEPUI_DUE", Time(run.Cause.Due));
        Add("TEPUI_FIRST_DUE", Time(run.Cause.FirstDue));
        Add("TEPUI_PARENT_RUNS", Parents(run.Cause.Parents));
    }

    private void Add(string name, string value)
    {
        if (_names.Add(name))
        {
            _environment.Variables.Add(new Environment.Types.Variable { Name = name, Value = value });
        }
    }
}
