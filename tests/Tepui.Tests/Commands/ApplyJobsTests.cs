using System.Text.Json.Nodes;
using Tepui.Frameworks.Hosting;
using Tepui.Jobs;
using Tepui.Tests.Support;

namespace Tepui.Tests.Commands;

/// <summary><c>tepui apply</c> with jobs, against a jobs scheduler that has no master.</summary>
[Collection(Run.Collection)]
public sealed class ApplyJobsTests : IAsyncLifetime
{
    private const string Tick = "name: tick\nschedule: R5/2131-05-01T06:30:00Z/P1D\ncommand: date\ncpus: 0.2\n";
    private const string After = "name: after\nparents: [tick]\ncommand: echo done\n---\n";

    private readonly string _directory = Directory.CreateTempSubdirectory("cli-apply-jobs-").FullName;
    private FrameworkHost _jobs = null!;

    public async Task InitializeAsync() =>
        _jobs = await JobsHost.StartAsync(new JobsSettings { Masters = ["127.0.0.1:1"], WorkDirectory = Path.Join(_directory, "work"), Port = 0, Durable = false });

    public async Task DisposeAsync()
    {
        await _jobs.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Jobs_OfAFile_AreMadeParentsFirst()
    {
        var plan = await ApplyAsync(After + Tick, "--plan");
        Assert.Equal((0, "", 0), (plan.Code, plan.Errors, (await JobsAsync()).Count));
        Assert.Equal("+ create job tick  (0.2 cpus, 128 MB)\n+ create job after  (0.1 cpus, 128 MB)\n\n2 to create\n", plan.Output);

        var done = await ApplyAsync(After + Tick, "--yes");

        Assert.Equal((0, ""), (done.Code, done.Errors));
        Assert.EndsWith("job tick created\njob after created\n", done.Output, StringComparison.Ordinal);
        Assert.Equal(["after", "tick"], (await JobsAsync()).Select(job => job.Text("name")));
    }

    [Fact]
    public async Task Jobs_AppliedAgain_DoNotChange()
    {
        await ApplyAsync(After + Tick, "--yes");

        var again = await ApplyAsync(After + Tick, "--yes");

        Assert.Equal(new Run.Result(0, "", "nothing to change\n"), again);
    }

    [Fact]
    public async Task Job_Changed_ShowsTheFieldsAndStaysDisabled()
    {
        await ApplyAsync(Tick, "--yes");
        await Run.JobsAsync(_jobs.Address, "job", "disable", "tick");

        var done = await ApplyAsync(Tick.Replace("0.2", "0.3", StringComparison.Ordinal), "--yes");

        Assert.Equal("~ update job tick\n      /cpus  0.2 -> 0.3\n\n1 to update\njob tick updated\n", done.Output);
        var job = Assert.Single(await JobsAsync());
        Assert.Equal((0.3, true), (job.Number("cpus"), job.IsTrue("disabled")));

        var enabled = await ApplyAsync(Tick.Replace("0.2", "0.3\ndisabled: false", StringComparison.Ordinal), "--yes");
        Assert.Contains("/disabled  true -> false", enabled.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_ThatHasRun_GoesOnWithItsScheduleWhenAnotherFieldChanges()
    {
        const string Past = "name: tick\nschedule: R50/2000-01-01T00:00:00Z/P1Y\nepsilon: P30Y\ncommand: date\n";
        await ApplyAsync(Past, "--yes");
        var shown = Assert.Single(await JobsAsync()).Text("schedule");
        Assert.NotEqual("R50/2000-01-01T00:00:00Z/P1Y", shown);

        var done = await ApplyAsync($"{Past}retries: 1\n", "--yes");

        Assert.Equal("~ update job tick\n      /retries  2 -> 1\n\n1 to update\njob tick updated\n", done.Output);
        Assert.Equal(shown, Assert.Single(await JobsAsync()).Text("schedule"));
    }

    [Fact]
    public async Task Jobs_Wrong_AreAllNamedAndNothingIsMade()
    {
        var result = await ApplyAsync("""
            - {name: bad, schedule: yesterday, retries: -1, command: x}
            - {name: lost, parents: [tick, nobody], command: x}
            - {name: a, parents: [b], command: x}
            - {name: b, parents: [a], command: x}
            - {name: tick, cron: '@daily', command: x}
            """, "--yes");

        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains("(0): job bad: POST /v1/scheduler/iso8601", result.Errors, StringComparison.Ordinal);
        Assert.Contains("  schedule ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("  retries is -1", result.Errors, StringComparison.Ordinal);
        Assert.Contains("(1): job lost: parents[1] is 'nobody', a job that neither exists nor is in the files", result.Errors, StringComparison.Ordinal);
        Assert.Contains("parents close a cycle, in which every job would wait for itself: a -> b -> a", result.Errors, StringComparison.Ordinal);
        Assert.Empty(await JobsAsync());
    }

    [Fact]
    public async Task Json_OfJobsAlone_IsOneDocument()
    {
        var plan = await ApplyAsync(Tick, "--plan", "-o", "json");
        Assert.Equal("job", JsonNode.Parse(plan.Output).Items("changes").Single().Text("kind"));

        var done = await ApplyAsync(Tick, "--yes", "-o", "json");

        Assert.Equal("""{"jobs":[{"name":"tick","outcome":"created"}]}""", JsonNode.Parse(done.Output)!.ToJsonString());
    }

    [Fact]
    public async Task AppsAndJobs_InOneFile_AreBothDone()
    {
        await using var services = await FakeServer.StartAsync();
        services.On("GET /v2/groups", 200, """{"id":"/","version":"v1","apps":[],"groups":[]}""")
            .On("PUT /v2/groups?dryRun=true", 200, """{"steps":[{"actions":[{"action":"StartApplication","app":"/web"}]}],"changes":[{"id":"/web","kind":"app","change":"create","fields":[]}],"placements":[]}""")
            .On("PUT /v2/apps?partialUpdate=false&force=false", 200, """{"deploymentId":"d1"}""").On("GET /v2/deployments/d1", 200, """{"id":"d1","outcome":"success"}""");

        var result = await Run.Async(services, "apply", "-f", File($"id: web\ncmd: x\n---\n{Tick}"), "--yes", "--jobs", _jobs.Address.ToString());

        Assert.Equal((0, ""), (result.Code, result.Errors));
        Assert.Contains("+ create app /web\n+ create job tick", result.Output, StringComparison.Ordinal);
        Assert.Contains("job tick created\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("deployment d1 succeeded", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_WithoutScheduler_AreToldBeforeAnythingIsDone()
    {
        await using var services = await FakeServer.StartAsync();

        var result = await Run.Async(services, "apply", "-f", File($"id: web\ncmd: x\n---\n{Tick}"), "--yes", "--jobs", "127.0.0.1:1");

        Assert.Equal(3, result.Code);
        Assert.Contains("no jobs answer at 127.0.0.1:1", result.Errors, StringComparison.Ordinal);
        Assert.Empty(services.Requests);
    }

    [Fact]
    public async Task Chronos_WithoutPlans_IsSentNothing()
    {
        await using var chronos = await FakeServer.StartAsync();

        var result = await Run.JobsAsync(chronos, "apply", "-f", File(Tick), "--plan");

        Assert.Equal(1, result.Code);
        Assert.Contains("'tepui job add' works with it", result.Errors, StringComparison.Ordinal);
        Assert.All(chronos.Requests, request => Assert.StartsWith("GET ", request.Line, StringComparison.Ordinal));
    }

    private Task<Run.Result> ApplyAsync(string yaml, params string[] words) => Run.JobsAsync(_jobs.Address, ["apply", "-f", File(yaml), .. words]);

    private async Task<IReadOnlyList<JsonNode>> JobsAsync()
    {
        using var client = new JobsClient(_jobs.Address);
        return [.. (await client.GetAsync(JobsPaths.JobsWithExtras, CancellationToken.None)).Items()];
    }

    private string File(string text)
    {
        var path = Path.Join(_directory, "jobs.yaml");
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
