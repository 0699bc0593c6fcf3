using System.Net;
using System.Text;

namespace Tepui.Jobs.Tests.Rest;

public sealed class SubmitTests
{
    private const string Daily = """{"name":"a","command":"date","schedule":"R/2031-01-01T00:00:00Z/P1D"}""";

    [Fact]
    public async Task Post_Again_ReplacesTheJob()
    {
        await using var jobs = await Support.Jobs.StartAsync();

        Assert.Equal(204, (await jobs.PostAsync("/scheduler/iso8601", Daily)).Code);
        Assert.Equal(204, (await jobs.PostAsync("/v1/scheduler/iso8601", Daily.Replace("date", "uptime", StringComparison.Ordinal))).Code);
        Assert.Equal(204, (await jobs.PutAsync("/scheduler/iso8601", Daily.Replace("P1D", "P2D", StringComparison.Ordinal))).Code);

        var job = (await jobs.GetAsync("/scheduler/job/a")).Json;
        Assert.Equal(("date", "R/2031-01-01T00:00:00Z/P2D"), ((string)job["command"]!, (string)job["schedule"]!));
        Assert.Single((await jobs.GetAsync("/scheduler/jobs")).Json.AsArray());
    }

    [Theory]
    [InlineData("""{"name":"x y","retries":-1,"schedule":"R/now/P1D"}""", "name,schedule,retries")]
    [InlineData("""{"name":"a","schedule":"0 8 * * *"}""", "schedule")]
    [InlineData("""{"name":"a",""", "")]
    public async Task Post_DocumentWithProblems_TellsAllOfThem(string body, string places)
    {
        await using var jobs = await Support.Jobs.StartAsync();

        var answer = await jobs.PostAsync("/scheduler/iso8601", body);

        Assert.Equal(400, answer.Code);
        Assert.Equal("Bad Request", (string)answer.Json["status"]!);
        Assert.Equal(places.Split(',').Order(StringComparer.Ordinal), answer.Json["problems"]!.AsArray().Select(problem => (string)problem!["path"]!).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("   at ", answer.Body, StringComparison.Ordinal);
        Assert.Equal("[]", (await jobs.GetAsync("/scheduler/jobs")).Body);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("application/json; charset=utf-8", 204)]
    [InlineData("application/vnd.x+json", 204)]
    public async Task Post_ContentType_MustBeJson(string type, int code)
    {
        await using var jobs = await Support.Jobs.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Daily));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        var answer = await jobs.Http.PostAsync(new Uri(jobs.Host.Address, "/scheduler/iso8601"), content);

        Assert.Equal(code, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Post_BodyAboveTheLimit_IsRefused()
    {
        await using var jobs = await Support.Jobs.StartAsync();

        var answer = await jobs.PostAsync("/scheduler/iso8601", $$"""{"name":"a","description":"{{new string('x', 1024 * 1024)}}"}""");

        Assert.Equal((int)HttpStatusCode.RequestEntityTooLarge, answer.Code);
        Assert.Contains("1048576", (string)answer.Json["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DryRun_TellsWhatTheJobIsAndWouldBe_AndChangesNothing()
    {
        await using var jobs = await Support.Jobs.StartAsync();
        const string other = """{"name":"a","schedule":"R/2031-01-01T00:00:00Z/P1D","command":"other"}""";

        var created = await jobs.PostAsync("/scheduler/iso8601?dryRun=true", other);
        Assert.Equal(400, (await jobs.GetAsync("/scheduler/job/a")).Code);
        await jobs.PostAsync("/scheduler/iso8601", Daily);
        var changed = await jobs.PostAsync("/scheduler/iso8601?dryRun=true", other);
        var child = await jobs.PostAsync("/scheduler/dependency?dryRun=true&strict=true", """{"name":"b","parents":["nobody"]}""");
        var wrong = await jobs.PostAsync("/scheduler/iso8601?dryRun=true", """{"name":"a","schedule":"yesterday","retries":-1}""");

        Assert.Equal((200, true), (created.Code, created.Json["before"] is null));
        Assert.Equal(("date", "other"), ((string)changed.Json["before"]!["command"]!, (string)changed.Json["after"]!["command"]!));
        Assert.Equal("date", (string)(await jobs.GetAsync("/scheduler/job/a")).Json["command"]!);
        Assert.Equal((200, "nobody"), (child.Code, (string)child.Json["after"]!["parents"]![0]!));
        Assert.Equal((400, 2), (wrong.Code, wrong.Json["problems"]!.AsArray().Count));
    }

    [Fact]
    public async Task Dependency_OfAnUnknownParent_WaitsForItUnlessStrict()
    {
        await using var jobs = await Support.Jobs.StartAsync();

        Assert.Equal(400, (await jobs.PostAsync("/scheduler/dependency?strict=true", """{"name":"b","parents":["a"]}""")).Code);
        var answer = await jobs.PostAsync("/scheduler/dependency", """{"name":"b","parents":["a"]}""");

        Assert.Equal(204, answer.Code);
        Assert.Contains("a", answer.Header("X-Tepui-Warning"), StringComparison.Ordinal);
        Assert.Equal("""["a"]""", (await jobs.GetAsync("/scheduler/job/b?extras=true")).Json["extras"]!["missingParents"]!.ToJsonString());

        await jobs.PostAsync("/scheduler/iso8601", Daily);
        Assert.Equal(400, (await jobs.PostAsync("/scheduler/dependency", """{"name":"b","parents":["c"]}""")).Code);
    }

    [Fact]
    public async Task Job_WithWhatIsMostLikelyNotMeant_IsTakenWithAWarning()
    {
        await using var jobs = await Support.Jobs.StartAsync();
        await jobs.PostAsync("/scheduler/iso8601", Daily);

        var both = await jobs.PostAsync("/scheduler/dependency", """{"name":"b","parents":["a"],"schedule":"R/2031-05-01T06:30:00Z/P1D","owner":"a@example.org"}""");
        var owner = await jobs.PostAsync("/scheduler/dependency", """{"name":"b","parents":["a"],"schedule":"","owner":"notamail, Ops <ops@example.org>,@"}""");

        Assert.Equal((204, "job 'b': schedule: is 'R/2031-05-01T06:30:00Z/P1D' and is left out: a job with parents runs when they have"), (both.Code, both.Header("X-Tepui-Warning")));
        Assert.Equal((204, "job 'b': owner: has 'notamail', '@', no mail addresses as in ops@example.org; no mail goes there"), (owner.Code, owner.Header("X-Tepui-Warning")));
        Assert.Equal("notamail, Ops <ops@example.org>,@", (string)(await jobs.GetAsync("/scheduler/job/b")).Json["owner"]!);
    }

    [Fact]
    public async Task Dependency_ThatClosesACycle_IsRefused()
    {
        await using var jobs = await Support.Jobs.StartAsync();
        await jobs.PostAsync("/scheduler/iso8601", Daily);
        await jobs.PostAsync("/scheduler/dependency", """{"name":"b","parents":["a"]}""");

        var answer = await jobs.PostAsync("/scheduler/dependency", """{"name":"a","parents":["b"]}""");

        Assert.Equal(400, answer.Code);
        Assert.Equal("R/2031-01-01T00:00:00Z/P1D", (string)(await jobs.GetAsync("/scheduler/job/a")).Json["schedule"]!);
    }

    [Fact]
    public async Task Kinds_AreExchangedByReplacing()
    {
        await using var jobs = await Support.Jobs.StartAsync();
        await jobs.PostAsync("/scheduler/iso8601", Daily);
        await jobs.PostAsync("/scheduler/iso8601", Daily.Replace("\"a\"", "\"b\"", StringComparison.Ordinal));

        Assert.Equal(204, (await jobs.PostAsync("/scheduler/dependency", """{"name":"b","parents":["a"],"schedule":"R/2031-01-01T00:00:00Z/P1D"}""")).Code);
        Assert.Null((await jobs.GetAsync("/scheduler/job/b")).Json["schedule"]);
        Assert.Equal(400, (await jobs.PostAsync("/scheduler/iso8601", """{"name":"b","parents":["a"],"schedule":"R/2031-01-01T00:00:00Z/P1D"}""")).Code);
        Assert.Equal(204, (await jobs.PostAsync("/scheduler/iso8601", """{"name":"b","parents":[],"schedule":"R/2031-01-01T00:00:00Z/P1D"}""")).Code);
        Assert.Null((await jobs.GetAsync("/scheduler/job/b")).Json["parents"]);
    }

    [Fact]
    public async Task Jobs_OutliveARestart()
    {
        await using var jobs = await Support.Jobs.StartAsync();
        await jobs.PostAsync("/scheduler/iso8601", """{"name":"a","cron":"0 8 * * 1-5","scheduleTimeZone":"Europe/Berlin","epsilon":"PT5M","notify":{"on":["late"]},"container":{"image":"i","volumes":[{"containerPath":"/c"}]},"constraints":[["a","NEAR","b"]]}""");
        var before = (await jobs.GetAsync("/scheduler/jobs")).Body;

        await jobs.RestartAsync();

        Assert.Equal(before, (await jobs.GetAsync("/scheduler/jobs")).Body);
    }
}
