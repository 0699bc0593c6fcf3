using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.Web.Jobs;
using Tepui.Web.Pages.Edit;
using Tepui.Web.Pages.JobDetail;
using Tepui.Web.Pages.JobEdit;

namespace Tepui.Web.Tests;

/// <summary>The form of a job: filled from JSON and written over it.</summary>
public sealed class JobFormTests
{
    private const string Full = """
        {"name":"night_sweep","command":"./sweep","schedule":"R/2031-03-02T01:15:00Z/P1D","scheduleTimeZone":"America/Denver","retries":4,"owner":"ops@example.org","cpus":0.3,"mem":200,"disk":50,
        "concurrent":false,"softError":true,"highPriority":true,"maxCompletionTime":900,"shell":true,"environmentVariables":[{"name":"DEPTH","value":"3"}],
        "fetch":[{"uri":"https://files.example.org/a.tgz","extract":true,"cache":true}],"constraints":[["rack","EQUALS","r7"],["class","LIKE","big.*"]],"arguments":["--quick"],
        "container":{"type":"DOCKER","image":"pack:5","network":"BRIDGE","forcePullImage":true,"parameters":[{"key":"env","value":"A=1"}],"volumes":[{"hostPath":"/srv/in","containerPath":"/in","mode":"RO","external":{"name":"v"}}]},
        "retryBackoff":{"initialSeconds":5,"factor":2,"maxSeconds":60},"catchUp":"all","notify":{"webhook":"https://x.example.org","on":["failure"]},"executor":"odd"}
        """;

    [Fact]
    public void Form_UntouchedOverWhatFilledIt_ChangesNothingButTheOldWordForOverlap()
    {
        var job = (JsonObject)JsonNode.Parse(Full)!;

        var result = JobForm.From(job).Apply(job, []);

        job.Remove("concurrent");
        Assert.True(JsonNode.DeepEquals(job, result), result.ToJsonString());
    }

    [Theory]
    [InlineData("schedule", "R//PT1H", "schedule", "cron,parents,parentTrigger")]
    [InlineData("cron", "0 8 * * *", "cron", "schedule,parents,parentTrigger")]
    [InlineData("parents", "a\nb", "parents", "schedule,scheduleTimeZone,cron")]
    public void Form_OfAnotherKind_DropsWhatBelongsToTheOthers(string kind, string text, string kept, string gone)
    {
        var form = JobForm.From((JsonObject)JsonNode.Parse(Full)!);
        form.Values[JobForm.Kind] = kind;
        form.Values[kind] = text;

        var result = form.Apply((JsonObject)JsonNode.Parse(Full)!, []);

        Assert.NotNull(result[kept]);
        Assert.All(gone.Split(','), name => Assert.False(result.ContainsKey(name), name));
        Assert.Equal(kind, JobForm.KindOf(result));
    }

    [Theory]
    [InlineData("{\"concurrent\":true}", "allow")]
    [InlineData("{\"concurrent\":true,\"concurrency\":\"replace\"}", "replace")]
    [InlineData("{}", "")]
    public void Form_OfOverlap_ReadsTheOldWordToo(string json, string expected) =>
        Assert.Equal(expected, JobForm.From((JsonObject)JsonNode.Parse(json)!).Values["concurrency"]);

    [Fact]
    public void Form_WithoutShell_IsWrittenAsTruthValue()
    {
        var form = JobForm.From([]);
        form.Values["shell"] = "false";

        Assert.Equal("false", form.Apply([], [])["shell"]!.ToJsonString());
        Assert.Equal("false", JobForm.From((JsonObject)JsonNode.Parse("""{"shell":false}""")!).Values["shell"]);
    }

    [Fact]
    public void Form_WithoutRuntimeAndImage_HasNoContainer()
    {
        var form = JobForm.From((JsonObject)JsonNode.Parse(Full)!);
        form.Values["containerType"] = form.Values["image"] = "";

        Assert.False(form.Apply((JsonObject)JsonNode.Parse(Full)!, []).ContainsKey("container"));
    }

    [Theory]
    [InlineData("schedule", "schedule")]
    [InlineData("scheduleTimeZone", "zone")]
    [InlineData("container.volumes.0.hostPath", "volumes.0.hostPath")]
    [InlineData("environmentVariables.0", "env.0.name")]
    [InlineData("environmentVariables.5.name", null)]
    [InlineData("retryBackoff.factor", "backoffFactor")]
    [InlineData("fetch.0.uri", "fetch")]
    [InlineData("constraints.1.2", "constraints")]
    [InlineData("executor", null)]
    [InlineData("", null)]
    public void Problem_AtAPath_BelongsToAField(string path, string? field) => Assert.Equal(field, JobForm.From((JsonObject)JsonNode.Parse(Full)!).FieldOf(path));

    [Theory]
    [InlineData("/container/volumes(0)/hostPath", "container.volumes.0.hostPath")]
    [InlineData("container.volumes[0].hostPath", "container.volumes.0.hostPath")]
    [InlineData("/", "")]
    [InlineData("schedule", "schedule")]
    public void Path_HoweverWritten_IsRead(string path, string expected) => Assert.Equal(expected, JobsAnswer.PathOf(path));

    [Fact]
    public void Number_ThatIsNone_IsAProblemOfItsField()
    {
        var form = JobForm.From([]);
        form.Values["retries"] = "often";
        var problems = new List<FormProblem>();

        form.Apply([], problems);

        Assert.Equal([new FormProblem("retries", "'often' is not a whole number.")], problems);
    }

    [Fact]
    public void Version_OfAJob_ChangesWithItsAuthorsChangesAndNotWithLaunches()
    {
        var job = (JsonObject)JsonNode.Parse(Full)!;
        var version = JobEditModel.VersionOf(job);

        job["schedule"] = "R/2032-01-01T00:00:00Z/P1D";
        Assert.Equal(version, JobEditModel.VersionOf(job));
        job["command"] = "./other";
        Assert.NotEqual(version, JobEditModel.VersionOf(job));
    }

    [Fact]
    public void Chart_OfRuns_LeavesOutThoseThatNeverRanAndScalesToTheLongest()
    {
        var now = DateTimeOffset.UnixEpoch.AddDays(1);
        JobRun[] runs =
        [
            new() { Job = "a", Number = 4, State = "waiting" },
            new() { Job = "a", Number = 3, State = "running", StartedAt = now.AddSeconds(-4) },
            new() { Job = "a", Number = 2, State = "failed", DurationSeconds = 10, Due = now, LateSeconds = 1.5 },
            new() { Job = "a", Number = 1, State = "succeeded", DurationSeconds = 1 },
        ];

        var chart = RunChart.Build(runs, now);

        Assert.Equal([1L, 2, 3], chart.Bars.Select(bar => bar.Run.Number));
        Assert.Equal([10, 100, 40], chart.Bars.Select(bar => bar.Percent));
        Assert.Contains("started 1.5 s after it was due", chart.Bars[1].Words);
        Assert.Contains("for 4 s", chart.Bars[2].Words);
    }

    [Fact]
    public void Started_OfABackfill_IsSeenFromNow()
    {
        var now = DateTimeOffset.UnixEpoch.AddYears(60);
        var run = new JobRun { Job = "a", Number = 1, State = "succeeded", Cause = "schedule", Due = now.AddSeconds(-60), StartedAt = now.AddSeconds(-58) };

        Assert.Equal("2 s after", RunChart.Started(run, now));
        Assert.Equal("58 s ago", RunChart.Started(run with { Cause = "backfill" }, now));
        Assert.Equal("58 s ago", RunChart.Started(run with { Due = DateTimeOffset.UnixEpoch }, now));
        Assert.Equal("–", RunChart.Started(run with { State = "waiting", StartedAt = null }, now));
    }

    [Fact]
    public void Chart_OfShortRuns_TellsThemInMilliseconds()
    {
        JobRun[] runs = [Of(1, 0.0841), Of(2, 0.03), Of(3, 0.0049)];

        var chart = RunChart.Build(runs, DateTimeOffset.UnixEpoch);

        static JobRun Of(long number, double seconds) => new() { Job = "a", Number = number, State = "succeeded", DurationSeconds = seconds, LateSeconds = 0.012 };

        Assert.Equal("3 succeeded · median 30 ms, longest 84 ms", chart.Summary);
        Assert.Equal("Run 1 succeeded · started 12 ms after it was due · took 84 ms", chart.Bars[^1].Words);
        Assert.InRange(chart.TopSeconds, 0.0841, 0.2);
    }

    [Fact]
    public void Table_WithChanges_KeepsItsOrderAndItsStructureWhileParentsStay()
    {
        var table = new JobTable([new JobSummary { Name = "b" }, new JobSummary { Name = "a", Parents = ["b"] }]);

        var same = table.With(new Dictionary<string, JobSummary?> { ["a"] = new() { Name = "a", Parents = ["b"], Running = 2 } });
        var other = same.With(new Dictionary<string, JobSummary?> { ["a"] = null, ["c"] = new() { Name = "c", Parents = ["b"] } });

        Assert.Same(table.Structure, same.Structure);
        Assert.True(same.TryGet("a", out var found) && found.Running == 2);
        Assert.Equal(["b", "c"], other.All.Select(job => job.Name));
        Assert.Equal(["c"], other.ChildrenOf("b"));
        Assert.False(other.TryGet("a", out _));
    }

    [Fact]
    public void Answer_WithProblems_TellsWhere()
    {
        var answer = new JobsAnswer(System.Net.HttpStatusCode.BadRequest, JsonElement.Parse("""{"message":"m","problems":[{"path":"/schedule","message":"no","offset":3}]}"""));

        Assert.Equal([new JobProblem("schedule", "no", 3)], answer.Problems);
    }
}
