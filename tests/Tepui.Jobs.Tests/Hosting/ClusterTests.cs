using System.Text.Json.Nodes;

namespace Tepui.Jobs.Tests.Hosting;

public sealed class ClusterTests(Cluster cluster) : IClassFixture<Cluster>
{
    private Support.Jobs Jobs => cluster.Jobs;

    [Fact]
    public async Task Job_Due_RunsOnceInItsEnvironment_AndTellsSubscribersAndMetrics()
    {
        await using var events = await Jobs.EventsAsync();
        using var output = new OutputFile();

        await CreateAsync("once", $"\"schedule\":\"R1//PT24H\",\"owner\":\"a@example.com\",\"command\":\"echo $CHRONOS_JOB_NAME $CHRONOS_JOB_OWNER $CHRONOS_JOB_RUN_ATTEMPT >> {output.Path}\"");

        var run = Assert.Single(await EndedAsync("once"))!;
        Assert.Equal(("succeeded", 1, "schedule"), ((string)run["state"]!, (int)run["run"]!, (string)run["cause"]!["kind"]!));
        Assert.StartsWith("ct:", (string)Assert.Single(run["attempts"]!.AsArray())!["taskId"]!, StringComparison.Ordinal);
        Assert.Equal(["once a@example.com 0"], output.Lines);

        var states = new List<string>();
        while (states.LastOrDefault() != "succeeded")
        {
            var changed = await events.UntilAsync("run_changed");
            if ((string)changed["job"]! == "once")
            {
                states.Add((string)changed["state"]!);
            }
        }

        Assert.Equal("waiting", states[0]);
        Assert.Contains("launching", states);
        var metrics = (await Jobs.GetAsync("/metrics")).Json;
        Assert.Equal(1, (int)metrics["counters"]!["jobs.run.success.once"]!["count"]!);
        Assert.Equal(1, (int)metrics["histograms"]!["jobs.run.time.once"]!["count"]!);
        Assert.Contains("tepui_jobs_run_success_total{job=\"once\"} 1", (await Jobs.GetAsync("/metrics/prometheus")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_ThatFails_IsTriedAgain_AndThenCountedOnce()
    {
        await CreateAsync("fails", "\"schedule\":\"R1//PT24H\",\"command\":\"exit 3\",\"retries\":1,\"retryBackoff\":{\"initialSeconds\":0,\"factor\":1,\"maxSeconds\":0}");

        var run = Assert.Single(await EndedAsync("fails"))!;

        Assert.Equal("failed", (string)run["state"]!);
        Assert.Equal([0, 1], run["attempts"]!.AsArray().Select(attempt => (int)attempt!["attempt"]!));
        Assert.Equal(1, (int)(await Jobs.GetAsync("/scheduler/job/fails")).Json["errorCount"]!);
    }

    [Fact]
    public async Task Child_RunsWhenItsParentsHave()
    {
        await CreateAsync("left", "\"schedule\":\"R/2031-01-01T00:00:00Z/P1D\",\"command\":\"true\"");
        await CreateAsync("right", "\"schedule\":\"R/2031-01-01T00:00:00Z/P1D\",\"command\":\"true\"");
        await CreateAsync("child", "\"parents\":[\"left\",\"right\"],\"command\":\"true\"", "dependency");
        await Jobs.PutAsync("/scheduler/job/left");
        await EndedAsync("left");

        Assert.Empty((await Jobs.GetAsync("/scheduler/job/child/runs")).Json.AsArray());
        await Jobs.PutAsync("/scheduler/job/right");

        var run = Assert.Single(await EndedAsync("child"))!;
        Assert.Equal("succeeded", (string)run["state"]!);
        Assert.Contains(run["cause"]!["parents"]!.AsArray(), parent => (string)parent!["job"]! == "right" && (int)parent["run"]! == 1);
    }

    [Fact]
    public async Task Restart_OfTheScheduler_KeepsTheTaskThatRuns_AndItsEndIsHeard()
    {
        using var output = new OutputFile();
        await CreateAsync("stays", $"\"schedule\":\"R1//PT24H\",\"command\":\"echo began >> {output.Path}; while [ ! -e {output.Path}.go ]; do sleep 0.05; done\"");
        var before = Assert.Single(await Jobs.RunsAsync("stays", runs => runs.Count == 1 && (string)runs[0]!["state"]! == "running"))!;

        await Jobs.RestartAsync();
        var after = Assert.Single(await Jobs.RunsAsync("stays", runs => runs.Count == 1 && (string)runs[0]!["state"]! == "running"))!;
        await File.WriteAllTextAsync(output.Path + ".go", "");

        Assert.Equal(TaskOf(before), TaskOf(after));
        Assert.Equal("succeeded", (string)Assert.Single(await EndedAsync("stays"))!["state"]!);
        Assert.Equal(["began"], output.Lines);
    }

    [Fact]
    public async Task Task_ThatEndsWhileTheSchedulerIsAway_IsHeardOfAfterwards()
    {
        using var output = new OutputFile();
        await CreateAsync("away", $"\"schedule\":\"R1//PT24H\",\"command\":\"while [ ! -e {output.Path}.go ]; do sleep 0.05; done; echo ended >> {output.Path}\"");
        await Jobs.RunsAsync("away", runs => runs.Count == 1 && (string)runs[0]!["state"]! == "running");

        await Jobs.RestartAsync(meanwhile: () =>
        {
            File.WriteAllText(output.Path + ".go", "");
            SpinWait.SpinUntil(() => output.Lines.Count > 0, Wait.Limit);
        });

        Assert.Equal("succeeded", (string)Assert.Single(await EndedAsync("away"))!["state"]!);
        Assert.Equal(["ended"], output.Lines);
    }

    [Fact]
    public async Task Kill_OfARunningJob_EndsItForGood()
    {
        await CreateAsync("endless", "\"schedule\":\"R1//PT24H\",\"command\":\"exec sleep 1000\"");
        await Jobs.RunsAsync("endless", runs => runs.Count == 1 && (string)runs[0]!["state"]! == "running");

        Assert.Equal(204, (await Jobs.DeleteAsync("/scheduler/task/kill/endless")).Code);

        var run = Assert.Single(await EndedAsync("endless"))!;
        Assert.Equal("killed", (string)run["state"]!);
        Assert.Single(run["attempts"]!.AsArray());
    }

    private static string TaskOf(JsonNode run) => (string)run["attempts"]![0]!["taskId"]!;

    private async Task CreateAsync(string name, string members, string kind = "iso8601")
    {
        var answer = await Jobs.PostAsync($"/scheduler/{kind}", $$"""{"name":"{{name}}","cpus":0.1,"mem":32,"disk":10,{{members}}}""");
        Assert.True(answer.Code == 204, answer.Body);
    }

    private Task<JsonArray> EndedAsync(string job) => Jobs.RunsAsync(job, runs => runs.Count > 0 && runs.All(run => (string)run!["state"]! is "succeeded" or "failed" or "killed" or "lost" or "skipped"));
}
