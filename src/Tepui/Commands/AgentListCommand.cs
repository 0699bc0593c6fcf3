using Tepui.Protocol.V1;
using Tepui.Terminal;

namespace Tepui.Commands;

/// <summary><c>tepui agent ls</c></summary>
internal sealed class AgentListCommand()
    : ClientCommand("ls", "Lists agents: the machines of the pool and what is taken on each.", "tepui agent ls", "tepui agent ls --output json")
{
    private sealed record Row(
        string Id, string Hostname, int Port, string State, double CpusTotal, double CpusUsed, double MemMbTotal, double MemMbUsed,
        double DiskMbTotal, double DiskMbUsed, string? Version, DateTimeOffset? Registered);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken cancel)
    {
        var answer = await invocation.Client.GetAgentsAsync(cancel);
        var rows = answer.Agents.Select(agent => new Row(
            agent.AgentInfo.Id?.Value ?? "", agent.AgentInfo.Hostname, agent.AgentInfo.Port, agent.Active ? "active" : "inactive",
            Sum(agent.TotalResources, "cpus"), Sum(agent.AllocatedResources, "cpus"),
            Sum(agent.TotalResources, "mem"), Sum(agent.AllocatedResources, "mem"),
            Sum(agent.TotalResources, "disk"), Sum(agent.AllocatedResources, "disk"),
            agent.Version, Text.Time(agent.RegisteredTime))).ToList();
        rows.AddRange(answer.RecoveredAgents.Select(info => new Row(
            info.Id?.Value ?? "", info.Hostname, info.Port, "expected", Sum(info.Resources, "cpus"), 0, Sum(info.Resources, "mem"), 0,
            Sum(info.Resources, "disk"), 0, null, null)));
        if (invocation.Output == OutputFormat.Json)
        {
            JsonOutput.Write(rows);
            return ExitCode.Ok;
        }

        var table = new Table("ID", "HOST", "PORT", "STATE", "CPUS", "MEM (MB)", "DISK (MB)", "AGE");
        foreach (var row in rows)
        {
            table.Add(
                row.Id, row.Hostname, row.Port.ToString(), row.State, Share(row.CpusUsed, row.CpusTotal), Share(row.MemMbUsed, row.MemMbTotal),
                Share(row.DiskMbUsed, row.DiskMbTotal), Text.Age(row.Registered, TimeProvider.System.GetUtcNow()));
        }

        table.WriteTo(Console.Out);
        return ExitCode.Ok;
    }

    private static string Share(double used, double total) => $"{used:0.###} of {total:0.###}";

    private static double Sum(IEnumerable<Resource> resources, string name) =>
        Math.Round(resources.Where(resource => resource.Name == name).Sum(resource => resource.Scalar?.Value ?? 0), 3);
}
