using System.Text.Json;
using Tepui.EndToEnd.Tests.Processes;

namespace Tepui.EndToEnd.Tests.Jobs;

/// <summary>The commands about jobs, with the real binary against <c>tepui local</c>.</summary>
public sealed class JobCommandTests : IAsyncLifetime, IDisposable
{
    private const string Never = "R/2131-05-01T06:30:00Z/P1D";

    private readonly Machine _machine = new();
    private LocalCluster? _cluster;

    public async Task InitializeAsync() => _cluster = await LocalCluster.StartAsync(_machine, "--jobs-port", "0", "--resources", "cpus:4;mem:2048;disk:1024;ports:[31000-31999]");

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _cluster?.Dispose();
        _machine.Dispose();
    }

    [Fact]
    public async Task Job_OverItsLife_DoesAsTold()
    {
        Assert.Contains("job hello created", await AddAsync("hello", "echo hi $WHO; echo bad >&2", "--env", "WHO=you"), StringComparison.Ordinal);
        Assert.Contains("job hello updated", await AddAsync("hello", "echo hi $WHO; echo bad >&2", "--env", "WHO=all"), StringComparison.Ordinal);

        Assert.Contains("run 1 succeeded", await OkAsync("job", "run", "hello", "--wait"), StringComparison.Ordinal);
        Assert.Contains("run 2 succeeded", await OkAsync("job", "run", "hello", "--wait", "--env", "WHO=me"), StringComparison.Ordinal);
        Assert.Equal("hi me\n", await OkAsync("job", "log", "hello"));
        Assert.Equal("hi all\n", await OkAsync("job", "log", "hello", "1"));
        Assert.Equal("bad\n", await OkAsync("job", "log", "hello", "1", "--stderr"));

        var runs = await JsonAsync("job", "runs", "hello");
        Assert.Equal([2, 1], runs.EnumerateArray().Select(run => run.GetProperty("run").GetInt32()));
        var job = Assert.Single((await JsonAsync("job", "ls", "--search", "HELL")).EnumerateArray().ToList());
        Assert.Equal(2, job.GetProperty("successCount").GetInt32());
        Assert.Matches("hello +R/2131-05-01T06:30:00(.000)?Z/P1D +in [0-9]+d +success +idle +2 +0", await OkAsync("job", "ls"));

        var shown = await OkAsync("job", "show", "hello", "--next", "2");
        Assert.Contains("2131-05-02T06:30:00Z", shown, StringComparison.Ordinal);
        Assert.Contains("2 succeeded, 0 failed", shown, StringComparison.Ordinal);

        Assert.Equal("job hello removed\n", await OkAsync("job", "rm", "hello"));
        Assert.Equal(4, (await RunAsync("job", "show", "hello")).Code);
    }

    [Fact]
    public async Task Run_ThatFails_EndsWithOneAndKeepsItsLog()
    {
        await AddAsync("bad", "echo no >&2; exit 3", "--retries", "0");

        var (code, _, errors) = await RunAsync("job", "run", "bad", "--wait");

        Assert.Equal(1, code);
        Assert.Contains("run 1 failed", errors, StringComparison.Ordinal);
        Assert.Equal("no\n", await OkAsync("job", "log", "bad", "--stderr"));
        Assert.Equal("failed", (await RunOfAsync("bad", 1)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Schedule_DueNow_RunsEachTimeOnce()
    {
        await OkAsync("job", "add", "--name", "thrice", "--schedule", "R3//PT1S", "--catch-up", "all", "--cpus", "0.01", "--mem", "16", "--disk", "1", "date");

        await Machine.UntilAsync(
            async () => (await JsonAsync("job", "runs", "thrice")) is var runs && runs.GetArrayLength() == 3 && runs.EnumerateArray().All(run => run.GetProperty("state").GetString() == "succeeded"),
            "three runs succeeded");

        await Machine.UntilAsync(async () => (await OkAsync("job", "ls")).Contains("disabled", StringComparison.Ordinal), "a job whose count is used up is disabled");
        Assert.All((await JsonAsync("job", "runs", "thrice")).EnumerateArray(), run => Assert.Equal("schedule", run.GetProperty("cause").GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task Child_AfterItsParents_RunsOnceAndNamesThem()
    {
        var file = Path.Join(_machine.Path, "jobs.yaml");
        await File.WriteAllTextAsync(file, $$"""
            jobs:
              - {name: both, command: echo done, parents: [left, right], cpus: 0.01, mem: 16, disk: 1}
              - {name: left, command: 'true', schedule: {{Never}}, cpus: 0.01, mem: 16, disk: 1}
              - {name: right, command: 'true', schedule: {{Never}}, cpus: 0.01, mem: 16, disk: 1}
            """);
        await OkAsync("job", "add", file);

        await OkAsync("job", "run", "left", "--wait");
        await OkAsync("job", "run", "right", "--wait");
        await Machine.UntilAsync(async () => (await JsonAsync("job", "runs", "both")) is var runs && runs.GetArrayLength() == 1 && runs[0].GetProperty("state").GetString() == "succeeded", "the child ran");

        var parents = (await RunOfAsync("both", 1)).GetProperty("cause").GetProperty("parents").EnumerateArray().Select(parent => parent.GetProperty("job").GetString());
        Assert.Equal(["left", "right"], parents.Order(StringComparer.Ordinal));
        Assert.Contains("├─ both  idle, success", (await OkAsync("job", "graph")).Replace("└─", "├─", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("->", await OkAsync("job", "graph", "left", "--format", "dot"), StringComparison.Ordinal);

        var (code, _, errors) = await RunAsync("job", "rm", "left");
        Assert.Equal(1, code);
        Assert.Contains("both runs after left. With --reparent: both takes the schedule R/2131-05-01T06:30:00", errors, StringComparison.Ordinal);
        Assert.Contains("both takes the schedule R/2131-05-01T06:30:00", await OkAsync("job", "rm", "left", "--reparent"), StringComparison.Ordinal);
        Assert.StartsWith("R/2131-05-01T06:30:00", (await JsonAsync("job", "show", "both")).GetProperty("schedule").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Killed_IsNotTriedAgain()
    {
        await AddAsync("long", "sleep 1000");
        await OkAsync("job", "run", "long");
        await Machine.UntilAsync(async () => (await RunOfAsync("long", 1)).GetProperty("state").GetString() == "running", "the run runs");

        await OkAsync("job", "kill", "long", "1");

        await Machine.UntilAsync(async () => (await RunOfAsync("long", 1)).GetProperty("state").GetString() == "killed", "the run is killed");
        Assert.Single((await JsonAsync("job", "runs", "long")).EnumerateArray());
        Assert.Equal(4, (await RunAsync("job", "kill", "long", "7")).Code);
    }

    [Fact]
    public async Task Backfill_OfThreeDays_RunsEach()
    {
        await OkAsync("job", "add", "--name", "daily", "--schedule", "R/2026-01-01T00:00:00Z/P1D", "--disabled", "--cpus", "0.01", "--mem", "16", "--disk", "1", "true");
        await OkAsync("job", "enable", "daily");

        Assert.StartsWith("3 runs of daily", await OkAsync("job", "backfill", "daily", "--from", "2026-01-10", "--to", "2026-01-12"), StringComparison.Ordinal);

        await Machine.UntilAsync(
            async () => (await JsonAsync("job", "runs", "daily")).EnumerateArray().Count(run => run.GetProperty("cause").GetProperty("kind").GetString() == "backfill" && run.GetProperty("state").GetString() == "succeeded") == 3,
            "three backfilled runs succeeded");
    }

    [Fact]
    public async Task Job_ThatFitsNowhere_IsExplained()
    {
        await OkAsync("job", "add", "--name", "big", "--schedule", Never, "--cpus", "64", "true");
        await OkAsync("job", "run", "big");

        await Machine.UntilAsync(async () => (await OkAsync("job", "explain", "big")) is var said && said.Contains("cpus", StringComparison.Ordinal) && said.Contains("64", StringComparison.Ordinal), "it is explained why big waits");
    }

    [Fact]
    public async Task Input_Wrong_IsExplainedAndChangesNothing()
    {
        var next = await RunAsync("job", "next", "R/2031-13-01T00:00:00Z/P1D");
        var parents = await RunAsync("job", "add", "--name", "a", "--parents", "nosuch", "true");
        var many = await RunAsync("job", "add", "--name", "bad/name", "--schedule", "yesterday", "--cpus", "-1", "true");

        Assert.Equal(1, next.Code);
        Assert.Contains("  R/2031-13-01T00:00:00Z/P1D\n", next.Errors, StringComparison.Ordinal);
        Assert.Contains("^", next.Errors, StringComparison.Ordinal);
        Assert.Equal(1, parents.Code);
        Assert.Contains("nosuch", parents.Errors, StringComparison.Ordinal);
        Assert.Equal(1, many.Code);
        Assert.Contains("  name is ", many.Errors, StringComparison.Ordinal);
        Assert.Contains("  schedule 'yesterday'", many.Errors, StringComparison.Ordinal);
        Assert.Contains("  cpus is -1", many.Errors, StringComparison.Ordinal);
        Assert.Empty((await JsonAsync("job", "ls")).EnumerateArray());
        Assert.Equal(5, (await OkAsync("job", "next", "0 8 * * MON-FRI", "--zone", "Europe/Berlin")).Trim().Split('\n').Length);
    }

    private Task<string> AddAsync(string name, string command, params string[] more) =>
        OkAsync(["job", "add", "--name", name, "--schedule", Never, "--cpus", "0.01", "--mem", "16", "--disk", "1", .. more, command]);

    private async Task<JsonElement> RunOfAsync(string job, int number) => (await JsonAsync("job", "runs", job)).EnumerateArray().Single(run => run.GetProperty("run").GetInt32() == number);

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => TepuiProcess.RunAsync([.. arguments, "--jobs", _cluster!.Jobs]);

    private async Task<string> OkAsync(params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);
        Assert.True(code == 0, $"tepui {string.Join(' ', arguments)} ended with {code}: {output}{errors}\n{_cluster!.Process}");
        return output;
    }

    private async Task<JsonElement> JsonAsync(params string[] arguments) => JsonDocument.Parse(await OkAsync([.. arguments, "--output", "json"])).RootElement;
}
