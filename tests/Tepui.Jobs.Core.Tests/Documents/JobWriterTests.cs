using System.Text.Json.Nodes;
using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Jobs;

namespace Tepui.Jobs.Core.Tests.Documents;

public sealed class JobWriterTests
{
    [Fact]
    public void Write_ScheduledJob_HasTheMembersOfChronosInTheirOrder()
    {
        var job = new Job(Parse.Taken("'command':'date','schedule':'R5/2031-05-01T06:30:00Z/P1D','scheduleTimeZone':'Europe/Berlin'"), JobProgress.None);

        var text = Parse.Text(json => JobDocuments.Write(json, job));

        Assert.Equal(
            """
            {"name":"a","command":"date","shell":true,"executor":"","executorFlags":"","taskInfoData":"","retries":2,"owner":"","ownerName":"","description":"","successCount":0,"errorCount":0,"lastSuccess":"","lastError":"",
            "cpus":0.1,"disk":256.0,"mem":128.0,"disabled":false,"softError":false,"dataProcessingJobType":false,"errorsSinceLastSuccess":0,"fetch":[],"uris":[],"environmentVariables":[],"arguments":[],"highPriority":false,
            "runAsUser":"root","concurrent":false,"maxCompletionTime":0,"constraints":[],"schedule":"R5/2031-05-01T06:30:00Z/P1D","scheduleTimeZone":"Europe/Berlin"}
            """.ReplaceLineEndings(""),
            text);
    }

    [Fact]
    public void Write_DependentJob_HasParentsAndNoSchedule()
    {
        var written = Parse.Written(new(Parse.Taken("'parents':['c','b']", DraftKind.Dependent), JobProgress.None));

        Assert.Equal("[\"c\",\"b\"]", written["parents"]!.ToJsonString());
        Assert.False(written.ContainsKey("schedule"));
    }

    [Fact]
    public void Write_Progress_IsInTheTimesOfChronos()
    {
        var progress = JobProgress.None with { SuccessCount = 3, ErrorCount = 2, ErrorsSinceLastSuccess = 1, LastSuccess = Parse.Now.AddMilliseconds(7), LastError = Parse.Now.AddDays(1).ToOffset(TimeSpan.FromHours(2)) };

        var written = Parse.Written(new(Parse.Taken("'command':'x'"), progress));

        Assert.Equal((3, 2, 1), ((int)written["successCount"]!, (int)written["errorCount"]!, (int)written["errorsSinceLastSuccess"]!));
        Assert.Equal(("2031-05-01T06:30:00.007Z", "2031-05-02T06:30:00.000Z"), ((string)written["lastSuccess"]!, (string)written["lastError"]!));
    }

    [Theory]
    [InlineData("R5/2031-05-01T06:30:00Z/P1D", "2031-05-01T04:30:00Z", 5L, "R5/2031-05-01T06:30:00Z/P1D")]
    [InlineData("R5/2031-05-01T06:30:00Z/P1D", "2031-05-02T04:30:00Z", 4L, "R4/2031-05-02T06:30:00.000+02:00/P1D")]
    [InlineData("R/2031-05-01T06:30:00Z/P1D", "2031-05-02T04:30:00Z", null, "R/2031-05-02T06:30:00.000+02:00/P1D")]
    [InlineData("R5/2031-05-01T06:30:00Z/P1D", null, 0L, "R0/2031-05-06T06:30:00.000+02:00/P1D")]
    public void Write_Schedule_IsWhatIsLeftOfIt(string schedule, string? next, long? remaining, string expected)
    {
        var spec = Parse.Taken($"'schedule':'{schedule}','scheduleTimeZone':'Europe/Berlin'");
        var progress = JobProgress.None with { NextDue = next is null ? null : DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture), Remaining = remaining, LastDue = next is null ? Parse.Now.AddDays(4) : null };

        Assert.Equal(expected, (string)Parse.Written(new(spec, progress))["schedule"]!);
    }

    [Fact]
    public void Write_Cron_LeavesTheScheduleEmpty()
    {
        var written = Parse.Written(new(Parse.Taken("'cron':'0 8 * * *'"), JobProgress.None));

        Assert.Equal(("", "0 8 * * *"), ((string)written["schedule"]!, (string)written["cron"]!));
    }

    [Theory]
    [InlineData("'uris':['http://h/x']", "[{\"uri\":\"http://h/x\",\"executable\":false,\"cache\":false,\"extract\":true}]", "[\"http://h/x\"]")]
    [InlineData("'fetch':[{'uri':'http://h/x','output_file':'y'}]", "[{\"uri\":\"http://h/x\",\"executable\":false,\"cache\":false,\"extract\":true,\"output_file\":\"y\"}]", "[\"http://h/x\"]")]
    public void Write_InLists_MirrorsUrisAndFetch(string members, string fetch, string uris)
    {
        var job = new Job(Parse.Taken(members), JobProgress.None);

        var written = Parse.Written(job, isMirrored: true);

        Assert.Equal((fetch, uris), (written["fetch"]!.ToJsonString(), written["uris"]!.ToJsonString()));
        Assert.Equal(1, Parse.Written(job)["fetch"]!.AsArray().Count + Parse.Written(job)["uris"]!.AsArray().Count);
    }

    [Fact]
    public void Write_MembersOfOurs_OnlyThoseThatWereGiven()
    {
        var written = JsonNode.Parse(Parse.Spec(Parse.Taken("'epsilon':'PT90M','catchUp':'ALL','concurrency':'replace','delivery':'atmostonce','parentTrigger':'any','retryBackoff':{'initialSeconds':5},'async':true,'notify':{'webhook':'http://h/x','on':['late','late']}")))!.AsObject();

        Assert.Equal(("PT1H30M", "all", "replace", "atMostOnce", "any", true), ((string)written["epsilon"]!, (string)written["catchUp"]!, (string)written["concurrency"]!, (string)written["delivery"]!, (string)written["parentTrigger"]!, (bool)written["async"]!));
        Assert.Equal("{\"initialSeconds\":5,\"factor\":2,\"maxSeconds\":3600}", written["retryBackoff"]!.ToJsonString());
        Assert.Equal("{\"webhook\":\"http://h/x\",\"on\":[\"late\"]}", written["notify"]!.ToJsonString());
        Assert.False((bool)written["concurrent"]!);
    }

    [Fact]
    public void Write_Container_IsAsChronosWritesIt()
    {
        var spec = Parse.Taken("'container':{'image':'i','network':'user','networkName':'n','networkInfos':[{'name':'m','protocol':'ipv6','labels':[{'key':'k','value':'v'}],'portMappings':[{'hostPort':80,'containerPort':'8080','protocol':'tcp'}]}],'volumes':[{'containerPath':'/c','external':{'name':'e','provider':'p','options':[{'key':'o','value':'1'}]}}]}");

        Assert.Equal(
            """
            {"type":"DOCKER","image":"i","network":"USER","networkName":"n","networkInfos":[{"name":"m","protocol":"IPv6","labels":[{"key":"k","value":"v"}],"portMappings":[{"hostPort":"80","containerPort":"8080","protocol":"tcp"}]}],
            "volumes":[{"containerPath":"/c","external":{"name":"e","provider":"p","options":[{"key":"o","value":"1"}]}}],"forcePullImage":false,"parameters":[]}
            """.ReplaceLineEndings(""),
            JsonNode.Parse(Parse.Spec(spec))!["container"]!.ToJsonString());
    }
}
