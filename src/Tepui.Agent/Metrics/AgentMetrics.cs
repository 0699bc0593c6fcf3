using Tepui.Agent.Core.Views;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Tepui.Runtime.Info;
using Tepui.Runtime.Metrics;

namespace Tepui.Agent.Metrics;

/// <summary>An agent's metrics under the names dashboards know.</summary>
/// <param name="agent">Who it is.</param>
/// <param name="time">Clock.</param>
/// <param name="gcDelay">Longest a sandbox of an ended executor is kept.</param>
/// <param name="gcDiskHeadroom">Share of the disk to keep free.</param>
internal sealed class AgentMetrics(AgentIdentity agent, TimeProvider time, TimeSpan gcDelay, double gcDiskHeadroom)
{
    private static readonly string[] Measured = ["cpus", "gpus", "mem", "disk"];

    /// <summary>Counters that are there from the start, at 0, whatever the core counts.</summary>
    private static readonly string[] Counters =
    [
        "containerizer/fetcher/task_fetches_failed", "containerizer/fetcher/task_fetches_succeeded", "containerizer/mesos/container_destroy_errors",
        "gc/path_removals_failed", "gc/path_removals_succeeded",
        "resource_provider_manager/events/disconnect", "resource_provider_manager/events/subscribe",
        "slave/container_launch_errors", "slave/executors_preempted", "slave/executors_terminated", "slave/invalid_framework_messages",
        "slave/invalid_status_updates", "slave/recovery_errors", "slave/tasks_failed", "slave/tasks_finished", "slave/tasks_gone",
        "slave/tasks_killed", "slave/tasks_lost", "slave/valid_framework_messages", "slave/valid_status_updates",
    ];

    private double _diskUsedShare;

    /// <summary>Notes how full the disk is, 0 to 1.</summary>
    public void DiskMeasured(double usedShare) => Volatile.Write(ref _diskUsedShare, usedShare);

    /// <summary>All metrics now, as Prometheus is told them.</summary>
    public IEnumerable<MetricSample> Samples(AgentView view) => Snapshot(view).Select(metric => new MetricSample(
        metric.Key,
        metric.Value,
        view.Counters.ContainsKey(metric.Key) || Counters.Contains(metric.Key, StringComparer.Ordinal) ? MetricKind.Counter : MetricKind.Gauge));

    /// <summary>All metrics now, sorted by name.</summary>
    public SortedDictionary<string, double> Snapshot(AgentView view)
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var name in Counters)
        {
            metrics[name] = 0;
        }

        foreach (var (name, value) in view.Counters)
        {
            metrics[name] = value;
        }

        metrics["resource_provider_manager/subscribed"] = 0;
        AddResources(metrics, "", view.Total.NonRevocable, view.Allocated.NonRevocable);
        AddResources(metrics, "revocable_", view.Total.Revocable, view.Allocated.Revocable);
        AddExecutors(metrics, view);
        AddTasks(metrics, view);
        AddSelf(metrics, view);
        AddSystem(metrics);
        return metrics;
    }

    private static void AddResources(SortedDictionary<string, double> metrics, string kind, ResourceSet total, ResourceSet used)
    {
        foreach (var name in Measured)
        {
            var all = total.Scalar(name) / 1000.0;
            var taken = used.Scalar(name) / 1000.0;
            metrics[$"slave/{name}_{kind}total"] = all;
            metrics[$"slave/{name}_{kind}used"] = taken;
            metrics[$"slave/{name}_{kind}percent"] = all > 0 ? taken / all : 0;
        }
    }

    private static void AddExecutors(SortedDictionary<string, double> metrics, AgentView view)
    {
        var states = view.Frameworks.SelectMany(framework => framework.Executors).CountBy(executor => executor.State).ToDictionary(StringComparer.Ordinal);
        metrics["slave/executors_registering"] = states.GetValueOrDefault("REGISTERING");
        metrics["slave/executors_running"] = states.GetValueOrDefault("RUNNING");
        metrics["slave/executors_terminating"] = states.GetValueOrDefault("TERMINATING");
        metrics["slave/frameworks_active"] = view.Frameworks.Length;
    }

    private static void AddTasks(SortedDictionary<string, double> metrics, AgentView view)
    {
        var executors = view.Frameworks.SelectMany(framework => framework.Executors).ToArray();
        var states = executors.SelectMany(executor => executor.LaunchedTasks).CountBy(task => task.State).ToDictionary();
        metrics["slave/tasks_staging"] = states.GetValueOrDefault(TaskState.TaskStaging) + executors.Sum(executor => executor.QueuedTasks.Length);
        metrics["slave/tasks_starting"] = states.GetValueOrDefault(TaskState.TaskStarting);
        metrics["slave/tasks_running"] = states.GetValueOrDefault(TaskState.TaskRunning);
        metrics["slave/tasks_killing"] = states.GetValueOrDefault(TaskState.TaskKilling);
    }

    private void AddSelf(SortedDictionary<string, double> metrics, AgentView view)
    {
        metrics["slave/registered"] = view.Registered ? 1 : 0;
        metrics["slave/uptime_secs"] = (time.GetUtcNow() - agent.Started).TotalSeconds;
        metrics["slave/recovery_time_secs"] = agent.RecoveryTook.TotalSeconds;
        metrics["slave/executor_directory_max_allowed_age_secs"] =
            gcDelay.TotalSeconds * Math.Max(0, 1 - gcDiskHeadroom - Volatile.Read(ref _diskUsedShare));
    }

    private static void AddSystem(SortedDictionary<string, double> metrics)
    {
        var system = SystemStats.Read();
        metrics["system/load_1min"] = system.Load1;
        metrics["system/load_5min"] = system.Load5;
        metrics["system/load_15min"] = system.Load15;
        metrics["system/cpus_total"] = system.Cpus;
        metrics["system/mem_total_bytes"] = system.MemoryTotal;
        metrics["system/mem_free_bytes"] = system.MemoryFree;
    }
}
