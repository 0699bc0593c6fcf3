using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tepui.EndToEnd.Tests.Processes;
using Xunit.Abstractions;

namespace Tepui.EndToEnd.Tests.Jobs;

/// <summary>
/// Jepsen's test of Chronos (2015) on real processes: random jobs while hosts are cut off from each other in every shape and processes are killed; then everything heals.
/// Each run writes down its due times and when it began. Every target [t, t + epsilon] must have a run of its own, and there must be no other.
/// </summary>
public sealed class PartitionTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Faults = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(20);

    private readonly Machine _machine = new();
    private readonly List<TepuiProcess> _all = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Random _random = new(20150817);

    [NamespaceFact]
    public async Task Jobs_PartitionsAndKills_MeetEveryTargetOnce()
    {
        using var network = new NetworkNamespaces("m", "j", "a1", "a2", "a3");
        var master = StartMaster(network);
        await master.ForTextAsync("master at");
        foreach (var agent in new[] { "a1", "a2", "a3" })
        {
            _all.Add(network.Start(agent, "agent", $"--ip={network.Address(agent)}", "--port=5051", $"--hostname={network.Address(agent)}", $"--master={network.Address("m")}:5050", $"--work_dir={_machine.Path}/{agent}", "--resources=cpus:4;mem:4000;disk:10000"));
        }

        var jobs = StartJobs(network);
        await jobs.ForTextAsync("jobs at");
        var made = await MakeAsync(new Uri($"http://{network.Address("j")}:4400"));

        var healedAt = await DisturbAsync(network, master, jobs);
        await Task.Delay(Recovery + Healthy + made.Max(static job => job.Epsilon));

        var problems = made.Select(job => job.Problem(Runs(job.Name), healedAt + Recovery, DateTimeOffset.UtcNow)).OfType<string>().ToList();
        foreach (var job in made)
        {
            output.WriteLine($"{job}: {Runs(job.Name).Count} runs");
        }

        Assert.True(problems.Count == 0, $"{string.Join("\n", problems)}\nhealed at {healedAt:HH:mm:ss}\n{string.Join("\n======\n", _all)}");
        Assert.True(made.Sum(job => Runs(job.Name).Count) > 50, "hardly anything ran");
    }

    public void Dispose()
    {
        _all.ForEach(static process => process.Dispose());
        _machine.Dispose();
        _http.Dispose();
    }

    private TepuiProcess StartMaster(NetworkNamespaces network) => Keep(network.Start(
        "m", "master", $"--ip={network.Address("m")}", "--port=5050", $"--work_dir={_machine.Path}/master", "--agent_ping_timeout=1secs", "--max_agent_ping_timeouts=4", "--agent_reregister_timeout=600secs"));

    private TepuiProcess StartJobs(NetworkNamespaces network) => Keep(network.Start(
        "j", "jobs", $"--http_address={network.Address("j")}", "--http_port=4400", $"--hostname={network.Address("j")}", $"--master={network.Address("m")}:5050", $"--work_dir={_machine.Path}/jobs"));

    private TepuiProcess Keep(TepuiProcess process)
    {
        _all.Add(process);
        return process;
    }

    private async Task<List<TargetedJob>> MakeAsync(Uri address)
    {
        var made = new List<TargetedJob>();
        for (var number = 0; number < 8; number++)
        {
            var start = DateTimeOffset.UtcNow.AddSeconds(_random.Next(3, 8));
            var job = new TargetedJob(
                $"target{number}",
                new(start.Ticks - (start.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero),
                TimeSpan.FromSeconds(_random.Next(3, 9)),
                TimeSpan.FromSeconds(_random.Next(3, 6)),
                number % 3 == 0 ? "last" : "all",
                number % 2 == 0 ? "atLeastOnce" : "atMostOnce");
            using var response = await _http.PostAsJsonAsync(new Uri(address, "/v1/scheduler/iso8601"), Document(job));
            Assert.True(response.IsSuccessStatusCode, $"{job} is answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
            made.Add(job);
        }

        return made;
    }

    private JsonObject Document(TargetedJob job) => new()
    {
        ["name"] = job.Name,
        ["command"] = $"echo \"$TEPUI_FIRST_DUE $TEPUI_DUE $(date +%s.%N)\" >> {_machine.Path}/{job.Name}; sleep 0.{_random.Next(1, 9)}",
        ["schedule"] = string.Create(CultureInfo.InvariantCulture, $"R/{job.Start:yyyy-MM-ddTHH:mm:ssZ}/PT{job.Interval.TotalSeconds}S"),
        ["cpus"] = 0.1,
        ["mem"] = 16,
        ["disk"] = 1,
        ["retries"] = 0,
        ["epsilon"] = string.Create(CultureInfo.InvariantCulture, $"PT{job.Epsilon.TotalSeconds}S"),
        ["catchUp"] = job.CatchUp,
        ["delivery"] = job.Delivery,
        ["concurrent"] = true,
    };

    // Healthy and cut off by turns; somebody is killed and started again in between.
    private async Task<DateTimeOffset> DisturbAsync(NetworkNamespaces network, TepuiProcess master, TepuiProcess jobs)
    {
        string[] hosts = ["m", "j", "a1", "a2", "a3"];
        var end = DateTimeOffset.UtcNow + Faults;
        for (var round = 0; DateTimeOffset.UtcNow < end; round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(3));
            Cut(network, hosts, round);
            await Task.Delay(TimeSpan.FromSeconds(_random.Next(3, 8)));
            if (round % 2 == 0)
            {
                jobs.KillHard();
                await jobs.ExitAsync();
                jobs = StartJobs(network);
            }
            else if (round == 1)
            {
                master.KillHard();
                await master.ExitAsync();
                master = StartMaster(network);
            }

            network.Heal();
        }

        return DateTimeOffset.UtcNow;
    }

    private void Cut(NetworkNamespaces network, string[] hosts, int round)
    {
        var mixed = hosts.OrderBy(_ => _random.Next()).ToList();
        switch (round % 5)
        {
            case 0: mixed.Take(2).ToList().ForEach(one => mixed.Skip(2).ToList().ForEach(other => network.Cut(one, other))); break;
            case 1: network.Cut("j", "m"); break;
            case 2: hosts.Skip(2).ToList().ForEach(agent => network.Cut("m", agent)); break;
            case 3: network.CutOneWay("m", "j"); break;
            case 4: network.CutOneWay("a1", "m"); network.CutOneWay("m", "a2"); break;
        }
    }

    private List<TargetedRun> Runs(string job)
    {
        var file = Path.Join(_machine.Path, job);
        return !File.Exists(file) ? [] : [.. File.ReadAllLines(file).Select(TargetedRun.Read).OrderBy(static run => run.Began)];
    }
}
