using System.Text.Json.Nodes;
using Tepui.EndToEnd.Tests.Processes;

namespace Tepui.EndToEnd.Tests.Jobs;

/// <summary>A jobs scheduler that dies while a run goes on: the run is found again and counts once.</summary>
public sealed class JobsRestartTests
{
    [Fact]
    public async Task Killed_WhileARunGoesOn_FindsItAndCountsItOnce()
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);
        using var jobs = new JobsProcess(machine, cluster.MasterAddress);
        await jobs.StartAsync();
        var (notes, gate) = (Path.Join(machine.Path, "notes"), Path.Join(machine.Path, "gate"));
        await jobs.CreateAsync(new JsonObject
        {
            ["name"] = "long",
            ["schedule"] = "R/2131-01-01T00:00:00Z/P1D",
            ["command"] = $"echo begin >> {notes}; while [ ! -e {gate} ]; do sleep 0.1; done; echo end >> {notes}",
            ["cpus"] = 0.1,
            ["mem"] = 32,
            ["disk"] = 1,
        });
        var run = await jobs.StartRunAsync("long");
        await jobs.InStateAsync("long", run, "running");

        await jobs.KillHardAsync();
        await jobs.StartAsync();
        await jobs.InStateAsync("long", run, "running");
        await jobs.KillHardAsync();

        // The end is told to nobody until the next start.
        await File.WriteAllTextAsync(gate, "");
        await Machine.UntilAsync(async () => (await File.ReadAllTextAsync(notes)).Contains("end", StringComparison.Ordinal), "the task has ended");
        await jobs.StartAsync();

        await jobs.InStateAsync("long", run, "succeeded");
        Assert.Single((await jobs.RunAsync("long", run))!.Value.GetProperty("attempts").EnumerateArray());
        Assert.Single(await jobs.RunsAsync("long"));
        Assert.Equal(["begin", "end"], await File.ReadAllLinesAsync(notes));
        Assert.Equal(1, (await jobs.TryGetAsync("/scheduler/job/long"))!.Value.GetProperty("successCount").GetInt32());
    }
}
