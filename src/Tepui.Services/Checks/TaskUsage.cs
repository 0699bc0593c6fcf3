using System.Collections.Concurrent;
using System.Text.Json;
using Tepui.Model.Identifiers;
using Tepui.Sdk.Operators;

namespace Tepui.Services.Checks;

/// <summary>What tasks use of what they asked for, as their agents tell it.</summary>
/// <param name="masters">Addresses of masters, which know where agents are.</param>
/// <param name="time">The clock.</param>
internal sealed class TaskUsage(IReadOnlyList<string> masters, TimeProvider time) : IDisposable
{
    private const int AgentsMax = 8;
    private static readonly TimeSpan AddressesAge = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SampleGap = TimeSpan.FromSeconds(1);

    private readonly List<OperatorClient> _masters = [.. masters.Select(master => new OperatorClient(new Uri(master.Contains("://", StringComparison.Ordinal) ? master : "http://" + master)))];
    private readonly SemaphoreSlim _gate = new(1);
    private Dictionary<AgentId, Uri> _agents = [];
    private DateTimeOffset _agentsAt;

    /// <summary>Average use of tasks in percent of what they asked for.</summary>
    /// <param name="isCpu">Cores; otherwise memory.</param>
    /// <param name="tasks">Which, and where.</param>
    /// <param name="cancel">Ends the measurement.</param>
    public async Task<(double Value, string? Problem)> AverageAsync(bool isCpu, IReadOnlyList<(TaskId Task, AgentId Agent)> tasks, CancellationToken cancel)
    {
        if (tasks.Count == 0)
        {
            return (0, "no instance runs");
        }

        try
        {
            var first = await SampleAsync(tasks, cancel);
            if (!isCpu)
            {
                return Average([.. first.Values.Where(use => use.MemLimit > 0).Select(use => use.Mem / use.MemLimit * 100)]);
            }

            // Cores are counted in time used: two looks tell how much of it was used in between.
            await Task.Delay(SampleGap, time, cancel);
            var second = await SampleAsync(tasks, cancel);
            return Average([.. second.Where(use => use.Value.CpuLimit > 0 && first.ContainsKey(use.Key)).Select(use => Percent(first[use.Key], use.Value)).OfType<double>()]);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            return (0, e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _masters.ForEach(master => master.Dispose());
        _gate.Dispose();
    }

    private static (double Value, string? Problem) Average(IReadOnlyCollection<double> percents) =>
        percents.Count > 0 ? (percents.Average(), null) : (0, "no agent tells what its tasks use");

    private static double? Percent(Use before, Use after) =>
        after.At > before.At ? (after.Cpu - before.Cpu) / (after.At - before.At) / after.CpuLimit * 100 : null;

    // An agent that does not answer is left out: the average of the others is better than none.
    private async Task<IReadOnlyDictionary<TaskId, Use>> SampleAsync(IReadOnlyList<(TaskId Task, AgentId Agent)> tasks, CancellationToken cancel)
    {
        var addresses = await AddressesAsync(cancel);
        var agents = tasks.GroupBy(task => task.Agent, task => task.Task).Where(agent => addresses.ContainsKey(agent.Key));
        var uses = new ConcurrentDictionary<TaskId, Use>();
        var problems = new ConcurrentBag<Exception>();
        await Parallel.ForEachAsync(agents, new ParallelOptions { MaxDegreeOfParallelism = AgentsMax, CancellationToken = cancel }, async (agent, stop) =>
        {
            try
            {
                using var statistics = await _masters[0].GetJsonAsync(new Uri(addresses[agent.Key], "/monitor/statistics"), stop);
                Take(statistics.RootElement, agent.ToHashSet(), uses);
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                problems.Add(e);
            }
        });
        return uses.IsEmpty && problems.TryPeek(out var problem)
            ? throw new InvalidOperationException($"{problems.Count} agents do not tell what tasks use: {problem.Message}", problem)
            : uses;
    }

    private static void Take(JsonElement executors, HashSet<TaskId> wanted, ConcurrentDictionary<TaskId, Use> uses)
    {
        foreach (var executor in executors.EnumerateArray())
        {
            // The executor of an app's task bears the id of the task.
            var task = new TaskId(executor.GetProperty("executor_id").GetString() ?? "");
            if (wanted.Contains(task) && executor.TryGetProperty("statistics", out var use))
            {
                uses[task] = new(
                    Number(use, "timestamp"), Number(use, "cpus_user_time_secs") + Number(use, "cpus_system_time_secs"), Number(use, "cpus_soft_limit"),
                    Number(use, "mem_rss_bytes"), Number(use, "mem_limit_bytes"));
            }
        }
    }

    private static double Number(JsonElement use, string name) => use.TryGetProperty(name, out var value) ? value.GetDouble() : 0;

    private async Task<IReadOnlyDictionary<AgentId, Uri>> AddressesAsync(CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            if (time.GetUtcNow() - _agentsAt < AddressesAge)
            {
                return _agents;
            }

            _agents = (await FromAnyAsync(cancel)).Agents.ToDictionary(agent => AgentId.From(agent.AgentInfo.Id), agent => new Uri($"http://{agent.Pid[(agent.Pid.IndexOf('@', StringComparison.Ordinal) + 1)..]}"));
            _agentsAt = time.GetUtcNow();
            return _agents;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<Protocol.V1.Master.Response.Types.GetAgents> FromAnyAsync(CancellationToken cancel)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                return await _masters[i].GetAgentsAsync(cancel);
            }
            catch (Exception) when (i + 1 < _masters.Count && !cancel.IsCancellationRequested)
            {
                // Another one may be alive.
            }
        }
    }

    private readonly record struct Use(double At, double Cpu, double CpuLimit, double Mem, double MemLimit);
}
