using System.Text.Json.Nodes;

namespace Tepui.Jobs.Tests.Rest;

public sealed class JobTests
{
    private const string Daily = "R/2031-01-01T00:00:00Z/P1D";

    [Theory]
    [InlineData("GET", "/job/none")]
    [InlineData("PUT", "/job/none")]
    [InlineData("DELETE", "/job/none")]
    [InlineData("GET", "/job/stat/none")]
    [InlineData("GET", "/job/none/runs")]
    [InlineData("GET", "/job/none/next")]
    [InlineData("GET", "/job/none/explain")]
    [InlineData("GET", "/job/none/runs/1")]
    [InlineData("DELETE", "/job/none/runs/1")]
    [InlineData("POST", "/job/none/disable")]
    [InlineData("POST", "/job/none/enable")]
    [InlineData("POST", "/job/none/run")]
    [InlineData("DELETE", "/task/kill/none")]
    [InlineData("GET", "/job/a%2Fb")]
    [InlineData("DELETE", "/job/a%2Fb")]
    [InlineData("GET", "/job/a%20b")]
    [InlineData("GET", "/job/a/b/c")]
    public async Task UnknownJob_IsABadRequestAsInChronos(string method, string path)
    {
        await using var jobs = await Support.Jobs.StartAsync();

        foreach (var prefix in new[] { "/scheduler", "/v1/scheduler" })
        {
            var answer = await jobs.SendAsync(new HttpMethod(method), prefix + path, method == "POST" ? "{}" : null);
            Assert.Equal(400, answer.Code);
            Assert.Equal("Bad Request", (string)answer.Json["status"]!);
            Assert.Contains("'", (string)answer.Json["message"]!, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET", "/scheduler/job/a/")]
    [InlineData("GET", "/scheduler//job/a")]
    [InlineData("HEAD", "/scheduler/job/a")]
    [InlineData("GET", "/scheduler/jobs/")]
    public async Task Paths_AreTakenWithSlashesToSpare(string method, string path)
    {
        await using var jobs = await OneAsync();

        Assert.Equal(200, (await jobs.SendAsync(new HttpMethod(method), path, null)).Code);
    }

    [Theory]
    [InlineData("POST", "/scheduler/job/a", "DELETE, GET, PUT, HEAD, OPTIONS")]
    [InlineData("GET", "/scheduler/iso8601", "POST, PUT, OPTIONS")]
    [InlineData("DELETE", "/scheduler/iso8601", "POST, PUT, OPTIONS")]
    [InlineData("OPTIONS", "/scheduler/task/all", "DELETE, OPTIONS")]
    public async Task OtherMethods_NameThoseAllowed(string method, string path, string allowed)
    {
        await using var jobs = await OneAsync();

        var answer = await jobs.SendAsync(new HttpMethod(method), path, null);

        Assert.Equal(method == "OPTIONS" ? 200 : 405, answer.Code);
        Assert.Equal(allowed, answer.Header("Allow"));
    }

    [Fact]
    public async Task JobsNamedLikeWordsOfPaths_CanBeUsed()
    {
        await using var jobs = await Support.Jobs.StartAsync();
        foreach (var name in new[] { "stat", "success" })
        {
            Assert.Equal(204, (await jobs.PostAsync("/scheduler/iso8601", $$"""{"name":"{{name}}","command":"true","schedule":"{{Daily}}"}""")).Code);
        }

        Assert.Equal("stat", (string)(await jobs.PostAsync("/scheduler/job/stat/run", "{}")).Json["job"]!);
        Assert.Equal(200, (await jobs.GetAsync("/scheduler/job/success/runs")).Code);
        Assert.Equal(204, (await jobs.PostAsync("/scheduler/job/stat/disable", null)).Code);

        var refused = await jobs.DeleteAsync("/scheduler/job/stat/run");
        Assert.Equal((405, "GET, POST, HEAD, OPTIONS"), (refused.Code, refused.Header("Allow")));
    }

    [Fact]
    public async Task Put_WithArguments_MakesARunWithThem()
    {
        await using var jobs = await OneAsync();

        var answer = await jobs.PutAsync("/scheduler/job/a?arguments=--fast%20-x");
        var again = await jobs.PutAsync("/scheduler/job/a?extras=true&arguments=%20");

        Assert.Equal((204, ""), (answer.Code, answer.Body));
        Assert.Equal((200, "a"), (again.Code, (string)again.Json["job"]!));
        var runs = (await jobs.GetAsync("/scheduler/job/a/runs")).Json.AsArray();
        Assert.Equal("--fast -x", (string)runs[^1]!["arguments"]!);
        Assert.Equal(("manual", "waiting"), ((string)runs[0]!["cause"]!["kind"]!, (string)runs[0]!["state"]!));
    }

    [Fact]
    public async Task Put_WithTheSameKey_IsTheSameRun()
    {
        await using var jobs = await OneAsync();

        var first = await jobs.PostAsync("/scheduler/job/a/run", """{"arguments":"x","environmentVariables":[{"name":"A","value":"b"}]}""", ("Idempotency-Key", "k1"));
        var second = await jobs.PostAsync("/scheduler/job/a/run", """{"arguments":"x","environmentVariables":[{"name":"A","value":"b"}]}""", ("Idempotency-Key", "k1"));
        var other = await jobs.PostAsync("/scheduler/job/a/run", "", ("Idempotency-Key", "k2"));

        Assert.Equal((200, first.Body), (second.Code, second.Body));
        Assert.NotEqual(first.Body, other.Body);
        Assert.Equal(400, (await jobs.PostAsync("/scheduler/job/a/run", "{}", ("Idempotency-Key", new string('k', 256)))).Code);
        Assert.Equal(400, (await jobs.PostAsync("/scheduler/job/a/run", """{"arguments":["x"]}""")).Code);
    }

    [Fact]
    public async Task MarkSuccess_CountsOneAndTellsSo()
    {
        await using var jobs = await OneAsync();

        var answer = await jobs.PutAsync("/scheduler/job/success/a");
        var unknown = await jobs.PutAsync("/scheduler/job/success/none");

        Assert.Equal((200, "marked job a as successful: true"), (answer.Code, answer.Body));
        Assert.Equal((200, "marked job none as successful: false"), (unknown.Code, unknown.Body));
        var job = (await jobs.GetAsync("/scheduler/job/a")).Json;
        Assert.Equal(1, (int)job["successCount"]!);
        Assert.Matches(@"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ$", (string)job["lastSuccess"]!);
    }

    [Fact]
    public async Task Delete_OfAParent_GivesItsChildrenItsSchedule()
    {
        await using var jobs = await OneAsync();
        await jobs.PostAsync("/scheduler/dependency", """{"name":"b","parents":["a"]}""");

        Assert.Equal(400, (await jobs.DeleteAsync("/scheduler/job/a?strict=true")).Code);
        Assert.Equal(204, (await jobs.DeleteAsync("/scheduler/job/a")).Code);

        Assert.Equal(400, (await jobs.GetAsync("/scheduler/job/a")).Code);
        Assert.Equal(Daily, (string)(await jobs.GetAsync("/scheduler/job/b")).Json["schedule"]!);
    }

    [Fact]
    public async Task Disable_AndEnable_ChangeTheJob()
    {
        await using var jobs = await OneAsync();

        Assert.Equal(204, (await jobs.PostAsync("/scheduler/job/a/disable", null)).Code);
        Assert.True((bool)(await jobs.GetAsync("/scheduler/job/a")).Json["disabled"]!);
        Assert.Equal(204, (await jobs.PostAsync("/scheduler/job/a/enable", null)).Code);
        Assert.False((bool)(await jobs.GetAsync("/scheduler/job/a")).Json["disabled"]!);
    }

    [Fact]
    public async Task Start_OfADisabledJob_IsAnsweredAsByChronosWithAWarning()
    {
        await using var jobs = await OneAsync();
        Assert.Equal("", (await jobs.PutAsync("/scheduler/job/a")).Header("X-Tepui-Warning"));
        await jobs.PostAsync("/scheduler/job/a/disable", null);

        var answer = await jobs.PutAsync("/scheduler/job/a");
        var told = await jobs.PostAsync("/scheduler/job/a/run", "{}");

        Assert.Equal((204, ""), (answer.Code, answer.Body));
        Assert.Equal("run 2 of job 'a' is skipped, not launched: a disabled job does not run; enable it and start it again", answer.Header("X-Tepui-Warning"));
        Assert.Equal((200, 3), (told.Code, (int)told.Json["run"]!));
        Assert.StartsWith("run 3 of job 'a' is skipped", told.Header("X-Tepui-Warning"), StringComparison.Ordinal);
        Assert.Equal("skipped", (string)(await jobs.GetAsync("/scheduler/job/a/runs/2")).Json["state"]!);
    }

    [Fact]
    public async Task Explain_SaysWhyAJobWaits()
    {
        await using var jobs = await OneAsync();

        var answer = (await jobs.GetAsync("/scheduler/job/a/explain")).Json;

        Assert.Equal("a", (string)answer["job"]!);
        Assert.NotEmpty((string)answer["state"]!);
        Assert.NotEmpty(answer["reasons"]!.AsArray());
    }

    [Fact]
    public async Task Runs_ArePagedFilteredAndEnded()
    {
        await using var jobs = await OneAsync();
        for (var index = 0; index < 3; index++)
        {
            await jobs.PutAsync("/scheduler/job/a");
        }

        Assert.Equal([3, 2, 1], Numbers((await jobs.GetAsync("/scheduler/job/a/runs")).Json));
        Assert.Equal([2], Numbers((await jobs.GetAsync("/scheduler/job/a/runs?limit=1&offset=1")).Json));
        Assert.Equal(3, (await jobs.GetAsync("/scheduler/runs?state=active")).Json.AsArray().Count);
        Assert.Empty((await jobs.GetAsync("/scheduler/runs?state=running")).Json.AsArray());
        Assert.Equal(400, (await jobs.GetAsync("/scheduler/runs?state=sleeping")).Code);
        Assert.Equal(400, (await jobs.GetAsync("/scheduler/runs?limit=-1")).Code);
        Assert.Equal(400, (await jobs.GetAsync("/scheduler/job/a/runs/99")).Code);
        Assert.Equal(400, (await jobs.GetAsync("/scheduler/job/a/runs/x")).Code);

        Assert.Equal(204, (await jobs.DeleteAsync("/scheduler/job/a/runs/2")).Code);
        Assert.Equal("killed", (string)(await jobs.GetAsync("/scheduler/job/a/runs/2")).Json["state"]!);
        Assert.Equal(204, (await jobs.DeleteAsync("/scheduler/task/all")).Code);
        Assert.Equal(204, (await jobs.DeleteAsync("/scheduler/task/kill/a")).Code);
    }

    [Theory]
    [InlineData("{}", "from,to")]
    [InlineData("""{"from":"yesterday","to":"2031-01-02T00:00:00Z"}""", "from")]
    [InlineData("""{"from":"2031-01-03T00:00:00Z","to":"2031-01-02"}""", "to")]
    public async Task Backfill_WithoutARange_IsRefused(string body, string places)
    {
        await using var jobs = await OneAsync();

        var answer = await jobs.PostAsync("/scheduler/job/a/backfill", body);

        Assert.Equal(400, answer.Code);
        Assert.Equal(places, string.Join(',', answer.Json["problems"]!.AsArray().Select(problem => (string)problem!["path"]!)));
    }

    [Fact]
    public async Task Backfill_OfARange_TellsHowManyRuns()
    {
        await using var jobs = await Support.Jobs.StartAsync();
        await jobs.PostAsync("/scheduler/iso8601", """{"name":"a","schedule":"R/2021-01-01T00:00:00Z/P1D","catchUp":"none"}""");

        var dry = await jobs.PostAsync("/scheduler/job/a/backfill?dryRun=true", """{"from":"2021-03-01","to":"2021-03-04T00:00:00Z"}""");
        var answer = await jobs.PostAsync("/scheduler/job/a/backfill", """{"from":"2021-03-01","to":"2021-03-04T00:00:00Z"}""");

        Assert.Equal("""{"runs":4,"first":"2021-03-01T00:00:00.000Z","last":"2021-03-04T00:00:00.000Z"}""", dry.Body);
        Assert.Equal("""{"runs":4}""", answer.Body);
    }

    [Theory]
    [InlineData("""{"numAdditionalElementsProcessed":-1}""")]
    [InlineData("""{"numAdditionalElementsProcessed":"many"}""")]
    [InlineData("""{"numAdditionalElementsProcessed":5}""")]
    public async Task Progress_OfAJobThatDoesNotCount_IsRefused(string body)
    {
        await using var jobs = await OneAsync();

        Assert.Equal(400, (await jobs.PostAsync("/scheduler/job/a/task/ct:1:0:a:/progress", body)).Code);
        Assert.Equal(400, (await jobs.PutAsync("/scheduler/task/ct:1:0:a:", """{"statusCode":"x"}""")).Code);
    }

    [Fact]
    public async Task Stat_OfAFreshJob_HasZeros()
    {
        await using var jobs = await OneAsync();

        var answer = await jobs.GetAsync("/scheduler/job/stat/a");

        Assert.Equal("""{"histogram":{"75thPercentile":0.0,"95thPercentile":0.0,"98thPercentile":0.0,"99thPercentile":0.0,"median":0.0,"mean":0.0,"count":0},"taskStatHistory":[]}""", answer.Body);
        Assert.Equal("""[{"jobNameLabel":"a","time":0.0}]""", (await jobs.GetAsync("/scheduler/stats/99thPercentile")).Body);
        Assert.Equal(400, (await jobs.GetAsync("/scheduler/stats/fastest")).Code);
    }

    [Fact]
    public async Task Graph_IsInTheFormsOfChronos()
    {
        await using var jobs = await OneAsync();
        await jobs.PostAsync("/scheduler/dependency", """{"name":"b-1.x","parents":["a","gone"]}""");

        var dot = await jobs.GetAsync("/scheduler/graph/dot");
        var csv = await jobs.GetAsync("/scheduler/graph/csv");

        Assert.Equal("strict digraph G {\n  1 [ label=\"a\" ];\n  2 [ label=\"b-1.x\" ];\n  1 -> 2;\n}\n", dot.Body);
        Assert.Equal("node,a,fresh,idle\nnode,b-1.x,fresh,idle\nlink,a,b-1.x\n", csv.Body);
        Assert.StartsWith("text/plain", csv.Header("Content-Type"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_MayBeReadByPagesOfAnySite_ChangesMayNotCome()
    {
        await using var jobs = await OneAsync();

        Assert.Equal("*", (await jobs.GetAsync("/scheduler/jobs", ("Origin", "http://elsewhere.example"))).Header("Access-Control-Allow-Origin"));
        var answer = await jobs.DeleteAsync("/scheduler/job/a", ("Origin", "http://elsewhere.example"), ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(403, answer.Code);
        Assert.Equal("*", answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal(200, (await jobs.GetAsync("/scheduler/job/a")).Code);
    }

    private static IEnumerable<int> Numbers(JsonNode runs) => runs.AsArray().Select(run => (int)run!["run"]!);

    private static async Task<Support.Jobs> OneAsync()
    {
        var jobs = await Support.Jobs.StartAsync();
        Assert.Equal(204, (await jobs.PostAsync("/scheduler/iso8601", $$"""{"name":"a","command":"date","schedule":"{{Daily}}"}""")).Code);
        return jobs;
    }
}
