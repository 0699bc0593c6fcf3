using System.Globalization;
using System.Text.Json.Nodes;
using Tepui.EndToEnd.Tests.Processes;

namespace Tepui.EndToEnd.Tests;

/// <summary>A jobs scheduler, or its master, that is killed at any moment: every occurrence has its run, and no run runs twice.</summary>
public sealed class JobsDurabilityTests
{
    private const int Occurrences = 15;

    [Fact]
    public async Task KilledAgainAndAgain_WhileJobsAreDue_RunsEachOccurrenceOnce()
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);
        using var jobs = new JobsProcess(machine, cluster.MasterAddress);
        await jobs.StartAsync();
        var names = Enumerable.Range(0, 3).Select(number => $"job{number}").ToList();
        foreach (var name in names)
        {
            await jobs.CreateAsync(EverySecond(name, OutputOf(machine, name)));
        }

        // Each time a little later, so that death comes before, within and after launches.
        for (var kills = 1; kills <= 8; kills++)
        {
            var some = kills;
            await Machine.UntilAsync(async () => (await jobs.RunsAsync(names[0])).Count >= some, $"{some} occurrences have come");
            await jobs.KillHardAsync();
            await jobs.StartAsync();
        }

        foreach (var name in names)
        {
            await Machine.UntilAsync(
                async () => (await jobs.RunsAsync(name)) is var runs && runs.Count == Occurrences && runs.Values.All(state => state == "succeeded"),
                $"{name} has run {Occurrences} times\n{jobs}");
            Assert.Equal(Enumerable.Range(1, Occurrences).Select(number => (long)number), (await jobs.RunsAsync(name)).Keys);
            Assert.Equal(Occurrences, (await File.ReadAllLinesAsync(OutputOf(machine, name))).Length);
        }
    }

    [Fact]
    public async Task MasterKilledAgainAndAgain_WhileJobsAreDue_EachOccurrenceRunsOnce()
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);
        using var jobs = new JobsProcess(machine, cluster.MasterAddress);
        await jobs.StartAsync();
        await jobs.CreateAsync(EverySecond("steady", OutputOf(machine, "steady")));

        for (var kills = 1; kills <= 3; kills++)
        {
            var some = kills * 3;
            await Machine.UntilAsync(async () => (await jobs.RunsAsync("steady")).Values.Count(state => state == "succeeded") >= some, $"{some} runs have succeeded\n{jobs}");
            cluster.Master.KillHard();
            await cluster.Master.ExitAsync();
            await cluster.StartMasterAsync();
        }

        await Machine.UntilAsync(
            async () => (await jobs.RunsAsync("steady")) is var runs && runs.Count == Occurrences && runs.Values.All(state => state == "succeeded"),
            $"the job has run {Occurrences} times\n{jobs}");
        Assert.Equal(Occurrences, (await File.ReadAllLinesAsync(OutputOf(machine, "steady"))).Length);
    }

    private static string OutputOf(Machine machine, string name) => Path.Join(machine.Path, name + ".out");

    private static JsonObject EverySecond(string name, string output) => new()
    {
        ["name"] = name,
        ["schedule"] = string.Create(CultureInfo.InvariantCulture, $"R{Occurrences}/{DateTime.UtcNow:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}/PT1S"),
        ["catchUp"] = "all",
        ["command"] = $"echo $MESOS_TASK_ID >> {output}",
        ["cpus"] = 0.1,
        ["mem"] = 32,
        ["disk"] = 10,
    };
}
