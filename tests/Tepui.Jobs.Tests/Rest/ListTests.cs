using System.Text.Json.Nodes;

namespace Tepui.Jobs.Tests.Rest;

public sealed class ListTests
{
    [Theory]
    [InlineData("", "Alpha,beta,gamma")]
    [InlineData("?name=A", "Alpha,beta,gamma")]
    [InlineData("?name=AL", "Alpha")]
    [InlineData("?command=echo", "Alpha,gamma")]
    [InlineData("?name=a&command=ECHO", "Alpha,gamma")]
    [InlineData("?name=beta&command=echo", "")]
    [InlineData("?any=nothing", "Alpha,beta,gamma")]
    [InlineData("?name=beta&command=echo&any=date", "beta")]
    [InlineData("?name=xyz&any=gam", "gamma")]
    [InlineData("?limit=1", "Alpha")]
    [InlineData("?limit=1&offset=1", "beta")]
    [InlineData("?limit=0", "")]
    [InlineData("?offset=7", "")]
    [InlineData("?limit=&name=", "Alpha,beta,gamma")]
    public async Task Search_FindsAsChronosDoes(string query, string names)
    {
        await using var jobs = await ThreeAsync();

        var answer = await jobs.GetAsync("/scheduler/jobs/search" + query);

        Assert.Equal(names, string.Join(',', answer.Json.AsArray().Select(job => (string)job!["name"]!)));
    }

    [Fact]
    public async Task Search_OfMany_GivesTen()
    {
        await using var jobs = await Support.Jobs.StartAsync();
        for (var index = 0; index < 12; index++)
        {
            await jobs.PostAsync("/scheduler/iso8601", $$"""{"name":"j{{index}}","schedule":"R/2031-01-01T00:00:00Z/P1D"}""");
        }

        Assert.Equal(10, (await jobs.GetAsync("/scheduler/jobs/search")).Json.AsArray().Count);
        Assert.Equal(12, (await jobs.GetAsync("/scheduler/jobs/search?limit=100")).Json.AsArray().Count);
    }

    [Theory]
    [InlineData("?limit=-1")]
    [InlineData("?limit=ten")]
    [InlineData("?offset=99999999999")]
    public async Task Search_WithoutNumbers_IsRefused(string query)
    {
        await using var jobs = await Support.Jobs.StartAsync();

        Assert.Equal(400, (await jobs.GetAsync("/scheduler/jobs/search" + query)).Code);
    }

    [Fact]
    public async Task Summary_HasWhatChronosShows()
    {
        await using var jobs = await ThreeAsync();
        await jobs.PostAsync("/scheduler/dependency", """{"name":"after","parents":["beta","gamma"],"disabled":true}""");
        await jobs.PutAsync("/scheduler/job/success/beta");
        await jobs.PutAsync("/scheduler/job/gamma");

        var answer = await jobs.GetAsync("/scheduler/jobs/summary");

        Assert.Equal(
            """
            {"jobs":[{"name":"Alpha","status":"fresh","state":"idle","schedule":"R/2031-01-01T00:00:00Z/P1D","parents":[],"disabled":false},
            {"name":"after","status":"fresh","state":"idle","schedule":"","parents":["beta","gamma"],"disabled":true},
            {"name":"beta","status":"success","state":"idle","schedule":"R/2031-01-01T00:00:00Z/P1D","parents":[],"disabled":false},
            {"name":"gamma","status":"fresh","state":"queued","schedule":"R/2031-01-01T00:00:00Z/P1D","parents":[],"disabled":false}]}
            """.ReplaceLineEndings(""),
            answer.Body);
    }

    [Fact]
    public async Task Extras_AreForThoseWhoAsk()
    {
        await using var jobs = await ThreeAsync();

        Assert.Null((await jobs.GetAsync("/scheduler/jobs")).Json[0]!["extras"]);
        foreach (var path in new[] { "jobs", "jobs/search", "jobs/summary" })
        {
            var answer = (await jobs.GetAsync($"/scheduler/{path}?extras=true")).Json;
            var extras = (answer as JsonArray ?? answer["jobs"]!.AsArray())[0]!["extras"]!;
            Assert.Equal("2031-01-01T00:00:00Z", (string)extras["nextRun"]!);
            Assert.Equal(("idle", 0, 0, false), ((string)extras["state"]!, (int)extras["running"]!, (int)extras["queued"]!, (bool)extras["overdue"]!));
            Assert.True(extras.AsObject().ContainsKey("lastRun"));
        }
    }

    [Fact]
    public async Task List_ShowsUrisAndFetchInOneAnother_TheJobItselfDoesNot()
    {
        await using var jobs = await Support.Jobs.StartAsync();
        await jobs.PostAsync("/scheduler/iso8601", """{"name":"a","uris":["http://h/x"],"schedule":"R/2031-01-01T00:00:00Z/P1D"}""");

        Assert.Single((await jobs.GetAsync("/scheduler/jobs")).Json[0]!["fetch"]!.AsArray());
        Assert.Empty((await jobs.GetAsync("/scheduler/job/a")).Json["fetch"]!.AsArray());
    }

    [Fact]
    public async Task List_Long_IsStreamedWhole()
    {
        await using var jobs = await Support.Jobs.StartAsync();
        const int count = 1100;
        await Task.WhenAll(Enumerable.Range(0, count).Select(index => jobs.PostAsync("/scheduler/iso8601", $$"""{"name":"j{{index:0000}}","description":"{{new string('d', 100)}}","schedule":"R/2031-01-01T00:00:00Z/P1D"}""")));

        foreach (var path in new[] { "jobs", "jobs/summary", "stats/mean", "jobs?extras=true" })
        {
            var answer = await jobs.GetAsync($"/scheduler/{path}");
            var list = answer.Json as JsonArray ?? answer.Json["jobs"]!.AsArray();
            Assert.Equal(count, list.Count);
            Assert.Equal(count, list.Select(job => (string?)job!["name"] ?? (string)job["jobNameLabel"]!).Distinct(StringComparer.Ordinal).Count());
            Assert.StartsWith("application/json", answer.Header("Content-Type"), StringComparison.Ordinal);
        }

        Assert.Equal(count, (await jobs.GetAsync("/scheduler/graph/csv")).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(200, (await jobs.SendAsync(HttpMethod.Head, "/scheduler/jobs", null)).Code);
    }

    [Fact]
    public async Task DeleteAll_LeavesNone()
    {
        await using var jobs = await ThreeAsync();

        Assert.Equal(204, (await jobs.DeleteAsync("/scheduler/jobs")).Code);

        Assert.Equal("[]", (await jobs.GetAsync("/scheduler/jobs")).Body);
        await jobs.RestartAsync();
        Assert.Equal("[]", (await jobs.GetAsync("/scheduler/jobs")).Body);
    }

    private static async Task<Support.Jobs> ThreeAsync()
    {
        var jobs = await Support.Jobs.StartAsync();
        foreach (var (name, command) in new[] { ("gamma", "echo g"), ("Alpha", "echo a"), ("beta", "date") })
        {
            Assert.Equal(204, (await jobs.PostAsync("/scheduler/iso8601", $$"""{"name":"{{name}}","command":"{{command}}","schedule":"R/2031-01-01T00:00:00Z/P1D"}""")).Code);
        }

        return jobs;
    }
}
