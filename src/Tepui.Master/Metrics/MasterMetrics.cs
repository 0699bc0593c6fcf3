using Tepui.Master.Core.Views;
using Tepui.Master.Http.Operator;
using Tepui.Master.Http.Scheduler;
using Tepui.Master.Links;
using Tepui.Master.Loop;
using Tepui.Master.Registry;
using Tepui.Protocol.V1;
using Tepui.Runtime.Metrics;

namespace Tepui.Master.Metrics;

/// <summary>All metrics of a master at one moment, by the names dashboards know.</summary>
internal sealed class MasterMetrics(
    MasterLoop loop,
    MasterRegistry registry,
    AgentLinks links,
    SchedulerStreams schedulers,
    OperatorSubscribers operators,
    MasterIdentity master,
    MetricRegistry own,
    TimeProvider time)
{
    private static readonly (TaskState State, string Name)[] Active =
    [
        (TaskState.TaskStaging, "staging"), (TaskState.TaskStarting, "starting"), (TaskState.TaskRunning, "running"), (TaskState.TaskKilling, "killing"),
    ];

    /// <summary>Reads them all, with what they are.</summary>
    public IEnumerable<MetricSample> Samples(MasterView view) => Read(view)
        .Select(metric => Labels.Apply(new MetricSample(metric.Key, metric.Value, IsCounter(metric.Key, view) ? MetricKind.Counter : MetricKind.Gauge)));

    /// <summary>Reads them all, sorted by name.</summary>
    public SortedDictionary<string, double> Read(MasterView view)
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, count) in view.Counters)
        {
            metrics[name] = count;
        }

        AddSelf(metrics);
        AddAgents(metrics, view);
        AddResources(metrics, view);
        AddFrameworks(metrics, view);
        AddTasks(metrics, view);
        AddAllocator(metrics, view);
        AddRegistrar(metrics);
        foreach (var sample in own.Read())
        {
            metrics[sample.Name] = sample.Value;
        }

        AddTepui(metrics, view);
        return metrics;
    }

    // What the core counts, and what the shell counts.
    private static bool IsCounter(string name, MasterView view) => view.Counters.ContainsKey(name)
        || name is "tepui/links/received" or "tepui/links/sent" or "tepui/links/broken" or "tepui/schedulers/events" or "tepui/master/batches";

    private void AddSelf(SortedDictionary<string, double> metrics)
    {
        metrics["master/uptime_secs"] = (time.GetUtcNow() - master.Started).TotalSeconds;
        metrics["master/elected"] = 1;
        metrics["master/event_queue_messages"] = 0;
        metrics["master/event_queue_http_requests"] = 0;
        metrics["master/event_queue_dispatches"] = loop.Waiting;
        metrics["master/operator_event_stream_subscribers"] = operators.Count;
    }

    private static void AddAgents(SortedDictionary<string, double> metrics, MasterView view)
    {
        var connected = view.Agents.Count(agent => agent.Connected);
        var active = view.Agents.Count(agent => agent.Active);
        metrics["master/slaves_connected"] = connected;
        metrics["master/slaves_disconnected"] = view.Agents.Length - connected;
        metrics["master/slaves_active"] = active;
        metrics["master/slaves_inactive"] = view.Agents.Length - active;
        metrics["master/slaves_unreachable"] = view.UnreachableAgents;
    }

    private static void AddResources(SortedDictionary<string, double> metrics, MasterView view)
    {
        for (var i = 0; i < AgentAmounts.Names.Length; i++)
        {
            long total = 0, used = 0, revocableTotal = 0, revocableUsed = 0;
            foreach (var agent in view.Agents)
            {
                var amounts = AgentAmounts.Of(agent);
                total += amounts.Total[i];
                used += amounts.Used[i];
                revocableTotal += amounts.RevocableTotal[i];
                revocableUsed += amounts.RevocableUsed[i];
            }

            AddResource(metrics, $"master/{AgentAmounts.Names[i]}", total, used);
            AddResource(metrics, $"master/{AgentAmounts.Names[i]}_revocable", revocableTotal, revocableUsed);
        }
    }

    private static void AddResource(SortedDictionary<string, double> metrics, string prefix, long total, long used)
    {
        metrics[prefix + "_total"] = total / 1000.0;
        metrics[prefix + "_used"] = used / 1000.0;
        metrics[prefix + "_percent"] = total == 0 ? 0 : (double)used / total;
    }

    private static void AddFrameworks(SortedDictionary<string, double> metrics, MasterView view)
    {
        var connected = view.Frameworks.Count(framework => framework.Connected);
        var active = view.Frameworks.Count(framework => framework.Active);
        metrics["master/frameworks_connected"] = connected;
        metrics["master/frameworks_disconnected"] = view.Frameworks.Length - connected;
        metrics["master/frameworks_active"] = active;
        metrics["master/frameworks_inactive"] = view.Frameworks.Length - active;
        metrics["master/outstanding_offers"] = view.Frameworks.Sum(framework => framework.Offers.Length);
        foreach (var framework in view.Frameworks)
        {
            var prefix = $"master/frameworks/{Uri.EscapeDataString(framework.Info.Name)}/{framework.Id.Value}/";
            metrics[prefix + "subscribed"] = framework.Connected ? 1 : 0;
            foreach (var role in framework.Info.Roles)
            {
                metrics[$"{prefix}roles/{role}/suppressed"] = framework.SuppressedRoles.Contains(role) ? 1 : 0;
            }
        }
    }

    private static void AddTasks(SortedDictionary<string, double> metrics, MasterView view)
    {
        var counts = new Dictionary<TaskState, int>();
        foreach (var framework in view.Frameworks)
        {
            foreach (var task in framework.Tasks)
            {
                counts[task.Task.State] = counts.GetValueOrDefault(task.Task.State) + 1;
            }
        }

        foreach (var (state, name) in Active)
        {
            metrics["master/tasks_" + name] = counts.GetValueOrDefault(state);
        }

        metrics["master/tasks_unreachable"] = view.Frameworks.Sum(framework => framework.UnreachableTasks.Length);
    }

    private void AddAllocator(SortedDictionary<string, double> metrics, MasterView view)
    {
        metrics["allocator/event_queue_dispatches"] = loop.Waiting;
        metrics["allocator/mesos/event_queue_dispatches"] = loop.Waiting;
        foreach (var name in AgentAmounts.Names)
        {
            long total = 0, taken = 0;
            foreach (var agent in view.Agents)
            {
                total += agent.Total.Scalar(name);
                taken += agent.Allocated.Scalar(name) + agent.Offered.Scalar(name);
            }

            if (total > 0)
            {
                metrics[$"allocator/mesos/resources/{name}/total"] = total / 1000.0;
                metrics[$"allocator/mesos/resources/{name}/offered_or_allocated"] = taken / 1000.0;
            }
        }

        foreach (var role in view.Roles)
        {
            metrics[$"allocator/mesos/roles/{role.Name}/shares/dominant"] = role.DominantShare;
            foreach (var (name, thousandths) in Http.State.ListDocuments.Consumed(role))
            {
                metrics[$"allocator/mesos/quota/roles/{role.Name}/resources/{name}/consumed"] = thousandths / 1000.0;
            }
        }
    }

    private void AddRegistrar(SortedDictionary<string, double> metrics)
    {
        metrics["registrar/queued_operations"] = 0;
        metrics["registrar/registry_size_bytes"] = registry.SizeBytes();
        metrics["registrar/log/recovered"] = 1;
        metrics["registrar/log/ensemble_size"] = 1;
    }

    private void AddTepui(SortedDictionary<string, double> metrics, MasterView view)
    {
        metrics["tepui/links/open"] = links.Count;
        metrics["tepui/links/received"] = links.Received;
        metrics["tepui/links/sent"] = links.Sent;
        metrics["tepui/links/broken"] = links.Broken;
        metrics["tepui/schedulers/open"] = schedulers.Count;
        metrics["tepui/schedulers/events"] = schedulers.Sent;
        metrics["tepui/master/batches"] = loop.Batches;
        var usage = UsageDocument.Sum(view);
        metrics["tepui/usage/cpus"] = usage.Cpus;
        metrics["tepui/usage/mem_bytes"] = usage.MemoryBytes;
        metrics["tepui/usage/disk_bytes"] = usage.DiskBytes;
        foreach (var agent in view.Agents)
        {
            if (agent.Usage is { } used)
            {
                var prefix = $"tepui/usage/agents/{agent.Info.Id.Value}/";
                metrics[prefix + "cpus"] = used.Cpus;
                metrics[prefix + "mem_bytes"] = used.MemBytes;
                metrics[prefix + "disk_bytes"] = used.DiskBytes;
            }
        }
    }
}
