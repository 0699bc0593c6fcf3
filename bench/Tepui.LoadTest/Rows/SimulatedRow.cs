using Tepui.LoadTest.Agents;
using Tepui.LoadTest.Processes;

namespace Tepui.LoadTest.Rows;

/// <summary>The master alone.</summary>
internal sealed class SimulatedRow() : Row("simulated", "Tasks on simulated agents that answer TASK_FINISHED at once, over real sockets and a durable master: from the first ACCEPT to the last acknowledged TASK_FINISHED. A warm-up run comes first.")
{
    private const int TasksDefault = 50_000;
    private const int AgentsDefault = 100;

    /// <inheritdoc/>
    public override async Task RunAsync(RowSettings settings, CancellationToken cancel)
    {
        using var pool = Pool.Start(settings);
        var agents = Enumerable.Range(0, settings.Agents ?? AgentsDefault).Select(_ => new SimulatedAgent()).ToArray();
        try
        {
            await Task.WhenAll(agents.Select((agent, number) => agent.StartAsync(pool.Master, number, cpus: 2, memMb: 1600, cancel)));
            await Throughput.MeasureAsync(
                pool,
                $"tasks/s, {agents.Length} simulated agents over real sockets, durable",
                "at least 10,000",
                task => task.Command = new() { Value = "true" },
                settings,
                settings.Tasks ?? TasksDefault,
                done => Pool.UntilAsync(() => Task.FromResult(agents.Sum(agent => agent.Acknowledged) == done), $"the agents hear of {done} acknowledgements"),
                cancel);
        }
        finally
        {
            foreach (var agent in agents)
            {
                await agent.DisposeAsync();
            }
        }
    }
}
