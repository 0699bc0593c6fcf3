namespace Tepui.Jobs.Tests.Rest;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("""{"schedule":"R/2031-03-08T02:30:00Z/P1D","scheduleTimeZone":"America/Denver","count":"3"}""", """{"zone":"America/Denver","times":["2031-03-08T02:30:00-07:00","2031-03-09T03:30:00-06:00","2031-03-10T02:30:00-06:00"]}""")]
    [InlineData("""{"schedule":"R2/2031-01-31T00:00:00Z/P1M"}""", """{"zone":"UTC","times":["2031-01-31T00:00:00Z","2031-02-28T00:00:00Z"]}""")]
    [InlineData("""{"schedule":"R0/2031-01-31T00:00:00Z/P1M"}""", """{"zone":"UTC","times":[]}""")]
    public async Task Preview_ShowsTheTimesInTheirZone(string body, string expected)
    {
        await using var jobs = await Support.Jobs.StartAsync();

        var answer = await jobs.PostAsync("/v1/scheduler/preview", body);

        Assert.Equal((200, expected), (answer.Code, answer.Body));
        Assert.Equal("[]", (await jobs.GetAsync("/scheduler/jobs")).Body);
    }

    [Theory]
    [InlineData("""{"schedule":"R/2031-13-01T00:00:00Z/P1D"}""", "schedule", 7)]
    [InlineData("""{"cron":"0 25 * * *"}""", "cron", 2)]
    [InlineData("""{"cron":"0 8 * * *","scheduleTimeZone":"Mars/Olympus"}""", "scheduleTimeZone", null)]
    [InlineData("""{"schedule":"R/1931-01-01T00:00:00Z/P1D"}""", "schedule", 2)]
    [InlineData("""{"schedule":"R//P1D","cron":"@daily"}""", "cron", null)]
    [InlineData("""{"schedule":"R//P1D","count":0}""", "count", null)]
    [InlineData("{}", "schedule", 0)]
    [InlineData("{", "", null)]
    public async Task Preview_OfNoSchedule_SaysWhere(string body, string path, int? offset)
    {
        await using var jobs = await Support.Jobs.StartAsync();

        var answer = await jobs.PostAsync("/scheduler/preview", body);

        Assert.Equal(400, answer.Code);
        var problem = Assert.Single(answer.Json["problems"]!.AsArray())!;
        Assert.Equal((path, offset), ((string)problem["path"]!, (int?)problem["offset"]));
        Assert.NotEmpty((string)problem["message"]!);
        Assert.NotEmpty((string)answer.Json["message"]!);
    }

    [Fact]
    public async Task Next_IsWhatIsLeftOfTheSchedule()
    {
        await using var jobs = await Support.Jobs.StartAsync();
        await jobs.PostAsync("/scheduler/iso8601", """{"name":"a","schedule":"R3/2031-01-01T00:00:00Z/PT12H"}""");
        await jobs.PostAsync("/scheduler/dependency", """{"name":"b","parents":["a"]}""");

        Assert.Equal("""{"zone":"UTC","times":["2031-01-01T00:00:00Z","2031-01-01T12:00:00Z","2031-01-02T00:00:00Z"]}""", (await jobs.GetAsync("/scheduler/job/a/next")).Body);
        Assert.Equal("""{"zone":"","times":[]}""", (await jobs.GetAsync("/scheduler/job/b/next")).Body);
        Assert.Equal(400, (await jobs.GetAsync("/scheduler/job/a/next?count=0")).Code);
        Assert.Equal(400, (await jobs.GetAsync("/scheduler/job/a/next?count=1001")).Code);
    }
}
