using System.Text.Json.Nodes;
using Tepui.Tests.Support;

namespace Tepui.Tests.Commands;

[Collection(Run.Collection)]
public sealed class JobCommandTests : IAsyncLifetime
{
    private const string Next = """{"zone":"UTC","times":["2131-05-01T06:30:00Z","2131-05-02T06:30:00Z"]}""";
    private const string Tick = """
        {"name":"tick","command":"date","schedule":"R/2131-05-01T06:30:00Z/P1D","scheduleTimeZone":"","successCount":3,"errorCount":1,"errorsSinceLastSuccess":1,"cpus":0.1,"mem":32,"owner":"ops@example.org",
         "lastSuccess":"2031-01-01T00:00:00.000Z","lastError":"2031-01-02T00:00:00.000Z","parents":[],"extras":{"nextRun":"2131-05-01T06:30:00.000Z","state":"2 running","running":2,"queued":1,"skippedCount":4,"lateCount":5}}
        """;
    private const string After = """{"name":"after","command":"echo","parents":["tick","gone"],"successCount":0,"errorCount":0,"lastSuccess":"","lastError":"","extras":{"state":"idle","missingParents":["gone"],"edges":{"tick":2}}}""";

    private FakeServer _jobs = null!;

    public async Task InitializeAsync() => _jobs = await FakeServer.StartAsync();

    public async Task DisposeAsync() => await _jobs.DisposeAsync();

    [Fact]
    public async Task Add_ByOptions_SendsTheWholeDocument()
    {
        _jobs.On("GET /v1/scheduler/job/tick?extras=true", 400, """{"status":"Bad Request","message":"no such job"}""")
            .On("POST /v1/scheduler/iso8601?strict=true", 204)
            .On("GET /v1/scheduler/job/tick/next?count=3", 200, Next);

        var result = await Run.JobsAsync(
            _jobs, "job", "add", "--name", "tick", "--schedule", "R/2131-05-01T06:30:00Z/P1D", "--zone", "America/Denver", "--cpus", "0.3", "--mem", "200", "--disk", "50", "--retries", "4",
            "--retry-backoff", "10:2:300", "--timeout", "900", "--epsilon", "PT30M", "--catch-up", "all", "--concurrency", "allow", "--delivery", "atMostOnce", "--env", "A=x=y", "-e", "B=",
            "--fetch", "https://files.example.org/a.tgz", "--constraint", "rack:equals:r7", "--constraint", "class:LIKE:a:b", "--image", "pack:5", "--user", "batch", "--owner", "ops@example.org",
            "--owner-name", "ops", "--description", "own", "--webhook", "http://h/x", "--notify-on", "failure,late", "--disabled", "--high-priority", "--soft-error", "--async", "date");

        Assert.Equal((0, "job tick created; it is disabled\n"), (result.Code, result.Output));
        Assert.Equal(
            """
            {"name":"tick","command":"date","schedule":"R/2131-05-01T06:30:00Z/P1D","scheduleTimeZone":"America/Denver","cpus":0.3,"mem":200,"disk":50,"retries":4,"maxCompletionTime":900,
            "retryBackoff":{"initialSeconds":10,"factor":2,"maxSeconds":300},"epsilon":"PT30M","catchUp":"all","concurrency":"allow","delivery":"atMostOnce","runAsUser":"batch","owner":"ops@example.org",
            "ownerName":"ops","description":"own","environmentVariables":[{"name":"A","value":"x=y"},{"name":"B","value":""}],"fetch":[{"uri":"https://files.example.org/a.tgz"}],
            "constraints":[["rack","EQUALS","r7"],["class","LIKE","a:b"]],"container":{"type":"DOCKER","image":"pack:5"},"notify":{"webhook":"http://h/x","on":["failure","late"]},
            "disabled":true,"highPriority":true,"softError":true,"async":true}
            """.ReplaceLineEndings(""),
            Sent("POST"));
    }

    [Fact]
    public async Task Add_TakenWithAWarning_TellsIt()
    {
        _jobs.On("GET /v1/scheduler/job/after?extras=true", 200, After).On("POST /v1/scheduler/dependency?strict=true", 204, warning: "job 'after': owner: is odd");

        var result = await Run.JobsAsync(_jobs, "job", "add", "--name", "after", "--parents", "tick", "--owner", "odd", "date");

        Assert.Equal((0, "job after updated; it runs after tick\n  beware: job 'after': owner: is odd\n"), (result.Code, result.Output));
    }

    [Fact]
    public async Task Add_Dependent_GoesToItsOwnPlaceAndSaysAfterWhat()
    {
        _jobs.On("GET /v1/scheduler/job/after?extras=true", 200, After).On("POST /v1/scheduler/dependency?strict=true", 204);

        var result = await Run.JobsAsync(_jobs, "job", "add", "--name", "after", "--parents", "tick, nightly", "--trigger", "any", "--", "/bin/echo", "-n", "done");

        Assert.Equal((0, "job after updated; it runs after any end of tick, nightly\n"), (result.Code, result.Output));
        Assert.Equal("""{"name":"after","command":"/bin/echo","shell":false,"arguments":["-n","done"],"parents":["tick","nightly"],"parentTrigger":"any"}""", Sent("POST"));
    }

    [Theory]
    [InlineData("--schedule and --parents exclude each other", "--name", "a", "--schedule", "R//P1D", "--parents", "b", "date")]
    [InlineData("--env is 'A'; it must be NAME=VALUE", "--name", "a", "--env", "A", "date")]
    [InlineData("--constraint is 'rack'; it must be", "--name", "a", "--constraint", "rack", "date")]
    [InlineData("--retry-backoff is '10'; it must be", "--name", "a", "--retry-backoff", "10", "date")]
    [InlineData("--notify-on needs --webhook", "--name", "a", "--notify-on", "late", "date")]
    [InlineData("--cpus: options describe a job only together with --name", "--cpus", "1", "job.json")]
    [InlineData("nothing to add")]
    [InlineData("--name is empty", "--name", "", "date")]
    public async Task Add_WrongOptions_IsRefusedBeforeAnythingIsSent(string expected, params string[] words)
    {
        var result = await Run.JobsAsync(_jobs, ["job", "add", .. words]);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.Empty(_jobs.Requests);
    }

    [Fact]
    public async Task Add_ManyInAFile_SendsParentsFirstAndTellsEveryRefusal()
    {
        var file = Path.Join(Path.GetTempPath(), $"{Guid.NewGuid()}.yaml");
        await File.WriteAllTextAsync(file, """
            name: after
            command: echo done
            parents: [tick]
            ---
            - {name: tick, schedule: R/2131-05-01T06:30:00Z/P1D, command: date, successCount: 7, extras: {state: idle}}
            - {name: bad, schedule: yesterday, command: date}
            """);
        _jobs.On("GET /v1/scheduler/job/tick?extras=true", 400).On("GET /v1/scheduler/job/after?extras=true", 400).On("GET /v1/scheduler/job/bad?extras=true", 400)
            .On("POST /v1/scheduler/iso8601?strict=true", 204)
            .On("POST /v1/scheduler/iso8601?strict=true", 400, """{"status":"Bad Request","message":"The job is not valid.","problems":[{"path":"/schedule","message":"is 'yesterday'"},{"path":"/cpus","message":"is -1"}]}""")
            .On("POST /v1/scheduler/dependency?strict=true", 204)
            .On("GET /v1/scheduler/job/tick/next?count=3", 200, Next);

        var result = await Run.JobsAsync(_jobs, "job", "add", file);
        File.Delete(file);

        Assert.Equal(1, result.Code);
        Assert.Contains("job tick created\n  next runs (UTC):\n    2131-05-01T06:30:00Z  in ", result.Output, StringComparison.Ordinal);
        Assert.Contains("job after created; it runs after tick", result.Output, StringComparison.Ordinal);
        Assert.Contains($"{file}:5(1): job bad: POST /v1/scheduler/iso8601?strict=true is refused (400):\n  /schedule is 'yesterday'\n  /cpus is -1", result.Errors, StringComparison.Ordinal);
        var sent = _jobs.Requests.Where(request => request.Line.StartsWith("POST", StringComparison.Ordinal)).Select(request => JsonNode.Parse(request.Body).Text("name")).ToList();
        Assert.True(sent.IndexOf("tick") < sent.IndexOf("after"), string.Join(' ', sent));
        Assert.DoesNotContain("successCount", _jobs.Requests.Single(request => request.Body.Contains("\"tick\",\"schedule\"", StringComparison.Ordinal)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_YamlThatIsNone_SaysLineAndColumn()
    {
        var file = Path.Join(Path.GetTempPath(), $"{Guid.NewGuid()}.yaml");
        await File.WriteAllTextAsync(file, "name: a\nparents: [b\n");

        var result = await Run.JobsAsync(_jobs, "job", "add", file);
        File.Delete(file);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains($"{file}:", result.Errors, StringComparison.Ordinal);
        Assert.Empty(_jobs.Requests);
    }

    [Fact]
    public async Task Add_DryRun_ShowsDocumentAndTimesAndChangesNothing()
    {
        _jobs.On("POST /v1/scheduler/preview", 200, """{"zone":"Europe/Berlin","times":["2131-05-01T08:00:00+02:00"]}""");

        var result = await Run.JobsAsync(_jobs, "job", "add", "--name", "a", "--cron", "0 8 * * *", "--zone", "Europe/Berlin", "--dry-run", "date");

        Assert.Equal(0, result.Code);
        Assert.Contains("\"cron\": \"0 8 * * *\"", result.Output, StringComparison.Ordinal);
        Assert.Contains("2131-05-01T08:00:00+02:00", result.Output, StringComparison.Ordinal);
        Assert.Equal("""{"cron":"0 8 * * *","count":3,"scheduleTimeZone":"Europe/Berlin"}""", Assert.Single(_jobs.Requests).Body);
    }

    [Fact]
    public async Task List_OfJobs_TellsScheduleStatusAndCounts()
    {
        _jobs.On("GET /v1/scheduler/jobs?extras=true", 200, $"[{After},{Tick}]");

        var result = await Run.JobsAsync(_jobs, "job", "ls");
        var wide = await Run.JobsAsync(_jobs, "job", "ls", "--wide", "--search", "OPS@");

        Assert.Equal(0, result.Code);
        var lines = result.Output.Split('\n');
        Assert.Matches("^after +after tick, gone +- +fresh +idle +0 +0$", lines[1]);
        Assert.Matches("^tick +R/2131-05-01T06:30:00Z/P1D +in \\d+d +failure +2 running +3 +1$", lines[2]);
        Assert.Contains("ops@example.org", wide.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("after", wide.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_Job_TellsCountersTimesAndWhy()
    {
        _jobs.On("GET /v1/scheduler/job/tick?extras=true", 200, Tick).On("GET /v1/scheduler/job/tick/next?count=2", 200, Next)
            .On("GET /v1/scheduler/job/tick/explain", 200, """{"job":"tick","state":"waiting for an offer","reasons":["no agent has enough memory"],"nearestMiss":{"agent":"A1","hostname":"h1","missing":[{"resource":"mem","wanted":4096,"offered":1024.5}]}}""");

        var result = await Run.JobsAsync(_jobs, "job", "show", "tick", "--next", "2");
        var json = await Run.JobsAsync(_jobs, "job", "show", "tick", "--next", "2", "-o", "json");

        Assert.Equal(0, result.Code);
        Assert.Contains("tick  2 running, failure", result.Output, StringComparison.Ordinal);
        Assert.Contains("3 succeeded, 1 failed, 1 since the last success; 4 skipped, 5 late; 2 running, 1 waiting", result.Output, StringComparison.Ordinal);
        Assert.Contains("mem: wanted 4096, offered 1024.5", result.Output, StringComparison.Ordinal);
        Assert.Contains("2131-05-02T06:30:00Z", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"extras\"", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\"parents\"", result.Output, StringComparison.Ordinal);
        Assert.Equal(2, JsonNode.Parse(json.Output).Items("next", "times").Count());
    }

    [Theory]
    [InlineData("false", true)]
    [InlineData("true", false)]
    public async Task Show_Flags_AreThoseThatAreNotTheDefault(string shell, bool isShown)
    {
        _jobs.On("GET /v1/scheduler/job/tick?extras=true", 200, $$"""{"name":"tick","command":"date","schedule":"R//P1D","shell":{{shell}},"softError":false,"async":true}""")
            .On("GET /v1/scheduler/job/tick/explain", 200, """{"job":"tick","state":"idle","reasons":[]}""");

        var result = await Run.JobsAsync(_jobs, "job", "show", "tick", "--next", "0");

        Assert.Equal(0, result.Code);
        Assert.Equal(isShown, result.Output.Contains("\"shell\": false", StringComparison.Ordinal));
        Assert.Equal(isShown, result.Output.Contains("\"shell\"", StringComparison.Ordinal));
        Assert.Contains("\"async\": true", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("softError", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PUT /v1/scheduler/job/success/tick", "tepui job show tick", "success", "tick")]
    [InlineData("POST /v1/scheduler/job/tick/backfill", "tepui job runs tick", "backfill", "tick", "--from", "2031-05-01", "--to", "2031-05-03")]
    public async Task Change_ThatWouldBeDoneTwice_IsAskedForOnce(string request, string look, params string[] words)
    {
        _jobs.On("GET /v1/scheduler/job/tick?extras=true", 200, Tick).On("POST /v1/scheduler/job/tick/backfill?dryRun=true", 200, """{"runs":2}""").Cut(request).On(request, 200, """{"runs":2}""");

        var result = await Run.JobsAsync(_jobs, ["job", .. words]);

        Assert.Equal((3, ""), (result.Code, result.Output));
        Assert.Contains($"the answer of the jobs got lost; the change may have been made or not, so it is not asked for again. Look with '{look}' first.", result.Errors, StringComparison.Ordinal);
        Assert.Single(_jobs.Requests, asked => asked.Line == request);
    }

    [Fact]
    public async Task Change_ThatWouldBeDoneTwice_IsNotRepeatedAfterABusyAnswer()
    {
        _jobs.On("GET /v1/scheduler/job/tick?extras=true", 200, Tick).On("PUT /v1/scheduler/job/success/tick", 503).On("PUT /v1/scheduler/job/success/tick", 200, "true");

        var result = await Run.JobsAsync(_jobs, "job", "success", "tick");

        Assert.NotEqual(0, result.Code);
        Assert.Single(_jobs.Requests, asked => asked.Line.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_Waited_ShowsProgressAndEndsAsTheRunDid()
    {
        _jobs.On("POST /v1/scheduler/job/tick/run", 200, """{"job":"tick","run":7}""")
            .On("GET /v1/scheduler/job/tick/runs/7", 200, """{"job":"tick","run":7,"state":"waiting","attempt":0,"attempts":[]}""")
            .On("GET /v1/scheduler/job/tick/runs/7", 200, """{"job":"tick","run":7,"state":"running","attempt":1,"attempts":[{"attempt":1,"host":"h1"}]}""")
            .On("GET /v1/scheduler/job/tick/runs/7", 503)
            .On("GET /v1/scheduler/job/tick/runs/7", 200, """{"job":"tick","run":7,"state":"failed","durationSeconds":3.21,"message":"Command exited with status 1"}""");

        var result = await Run.JobsAsync(_jobs, "job", "run", "tick", "--args", "--quick 1", "--env", "A=1", "--wait");

        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains("tick: run 7 waiting\ntick: run 7 running on h1, attempt 2\n", result.Errors, StringComparison.Ordinal);
        Assert.Contains("run 7 failed after 3.2s: Command exited with status 1", result.Errors, StringComparison.Ordinal);
        Assert.Contains("tepui job log tick 7", result.Errors, StringComparison.Ordinal);
        Assert.Equal("""{"arguments":"--quick 1","environmentVariables":[{"name":"A","value":"1"}]}""", Sent("POST"));
        Assert.NotNull(_jobs.Requests[0].Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--wait")]
    public async Task Run_OfADisabledJob_FailsAndSaysThatNothingWasStarted(string option)
    {
        _jobs.On("POST /v1/scheduler/job/tick/run", 200, """{"job":"tick","run":7}""", warning: "run 7 of job 'tick' is skipped, not launched");

        var result = await Run.JobsAsync(_jobs, ["job", "run", "tick", .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(new Run.Result(1, "", "tepui: run 7 of job 'tick' is skipped, not launched\n"), result);
        Assert.Equal(["POST /v1/scheduler/job/tick/run"], _jobs.Requests.Select(request => request.Line));
    }

    [Fact]
    public async Task Run_Succeeded_EndsWithZero()
    {
        _jobs.On("POST /v1/scheduler/job/tick/run", 200, """{"job":"tick","run":8}""").On("GET /v1/scheduler/job/tick/runs/8", 200, """{"job":"tick","run":8,"state":"succeeded","durationSeconds":1}""");

        Assert.Equal((0, "run 8 of tick\n"), await CodeAndOutput("job", "run", "tick"));
        Assert.Equal((0, "tick: run 8 succeeded after 1s\n"), await CodeAndOutput("job", "run", "tick", "--wait"));
    }

    [Fact]
    public async Task Runs_OfAJob_AreATable()
    {
        _jobs.On("GET /v1/scheduler/job/tick/runs?limit=20", 200, """
            [{"job":"tick","run":2,"state":"failed","cause":{"kind":"schedule","covers":3,"due":"2031-01-01T00:00:00Z"},"durationSeconds":90,"attempt":2,"attempts":[{"host":"h0"},{"host":"h1"}],"message":"exit 1"},
             {"job":"tick","run":1,"state":"succeeded","cause":{"kind":"parents","covers":1,"due":"2031-01-01T00:00:00Z","parents":[{"job":"a","run":4}]},"attempt":0,"attempts":[]}]
            """);

        var (code, output) = await CodeAndOutput("job", "runs", "tick");

        Assert.Equal(0, code);
        Assert.Matches("^2 +2031-01-01T00:00:00.000Z +schedule, 3 due times +failed +- +90s +3 +h1 +exit 1$", output.Split('\n')[1]);
        Assert.Matches("^1 +2031-01-01T00:00:00.000Z +parents a 4 +succeeded", output.Split('\n')[2]);
    }

    [Fact]
    public async Task Graph_OfJobs_IsATreeWithStates()
    {
        _jobs.On("GET /v1/scheduler/jobs?extras=true", 200, """
            [{"name":"a","schedule":"R//P1D","parents":[],"extras":{"state":"idle"}},{"name":"b","parents":["a"],"extras":{"state":"1 running"}},{"name":"c","parents":["a","b"],"extras":{"state":"idle"}},
             {"name":"d","parents":["c"],"extras":{"state":"queued"}},{"name":"x","schedule":"R//P2D","parents":[],"extras":{"state":"idle"}}]
            """);

        var (_, all) = await CodeAndOutput("job", "graph");
        var (_, part) = await CodeAndOutput("job", "graph", "b", "--format", "csv");
        var (_, dot) = await CodeAndOutput("job", "graph", "d", "--format", "dot");

        Assert.Equal(
            """
            a  idle, fresh, R//P1D
            ├─ b  1 running, fresh
            │  └─ c  idle, fresh, after a, b
            │     └─ d  queued, fresh
            └─ c  idle, fresh, after a, b  (continued above)
            x  idle, fresh, R//P2D

            """.ReplaceLineEndings("\n"),
            all);
        Assert.Equal("node,a,fresh,idle\nnode,b,fresh,1 running\nnode,c,fresh,idle\nnode,d,fresh,queued\nlink,a,b\nlink,a,c\nlink,b,c\nlink,c,d\n", part);
        Assert.Contains("\"c\" -> \"d\"", dot, StringComparison.Ordinal);
        Assert.Equal(4, (await CodeAndOutput("job", "graph", "nosuch")).Code);
    }

    [Fact]
    public async Task Remove_OfAParent_IsRefusedWithWhatWouldBecomeOfItsChildren()
    {
        _jobs.On("GET /v1/scheduler/jobs?extras=true", 200, $"[{After},{Tick}]").On("DELETE /v1/scheduler/job/tick", 204).On("DELETE /v1/scheduler/job/tick?strict=true", 204).On("DELETE /v1/scheduler/job/after?strict=true", 204);

        var refused = await Run.JobsAsync(_jobs, "job", "rm", "tick");
        var both = await Run.JobsAsync(_jobs, "job", "rm", "tick", "after");
        var reparented = await Run.JobsAsync(_jobs, "job", "rm", "tick", "--reparent");

        Assert.Equal((1, ""), (refused.Code, refused.Output));
        Assert.Contains("after runs after tick. With --reparent: after takes the schedule R/2131-05-01T06:30:00Z/P1D and no longer runs after gone.", refused.Errors, StringComparison.Ordinal);
        Assert.Equal("job after removed\njob tick removed\n", both.Output);
        Assert.Equal("job tick removed\n  after takes the schedule R/2131-05-01T06:30:00Z/P1D and no longer runs after gone\n", reparented.Output);
        Assert.Equal(
            ["DELETE /v1/scheduler/job/after?strict=true", "DELETE /v1/scheduler/job/tick?strict=true", "DELETE /v1/scheduler/job/tick"],
            _jobs.Requests.Select(request => request.Line).Where(line => line.StartsWith("DELETE", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Remove_Unknown_RemovesNothing()
    {
        _jobs.On("GET /v1/scheduler/jobs?extras=true", 200, $"[{Tick}]");

        var result = await Run.JobsAsync(_jobs, "job", "rm", "tick", "nosuch");

        Assert.Equal(4, result.Code);
        Assert.Contains("nothing was removed", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(_jobs.Requests, request => request.Line.StartsWith("DELETE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Remove_All_NeedsAYes()
    {
        _jobs.On("GET /v1/scheduler/jobs?extras=true", 200, $"[{Tick},{After}]").On("DELETE /v1/scheduler/jobs", 204);

        Assert.Equal((0, "2 jobs removed\n"), await CodeAndOutput("job", "rm", "--all", "--yes"));
        Assert.Equal(2, (await Run.JobsAsync(_jobs, "job", "rm", "--all", "tick")).Code);
        Assert.Equal(2, (await Run.JobsAsync(_jobs, "job", "rm")).Code);
    }

    [Fact]
    public async Task Steering_Answered_SaysWhatIsDone()
    {
        _jobs.On("POST /v1/scheduler/job/tick/disable", 204).On("POST /v1/scheduler/job/tick/enable", 204).On("DELETE /v1/scheduler/task/kill/tick", 204)
            .On("PUT /v1/scheduler/job/success/tick", 200, "true").On("DELETE /v1/scheduler/job/tick/runs/3", 204).On("GET /v1/scheduler/job/tick/runs/3", 200, """{"run":3}""").On("GET /v1/scheduler/job/tick?extras=true", 200, Tick)
            .On("POST /v1/scheduler/job/tick/backfill?dryRun=true", 200, """{"runs":7}""").On("POST /v1/scheduler/job/tick/backfill", 200, """{"runs":7}""");

        Assert.Equal((0, "job tick disabled\n"), await CodeAndOutput("job", "disable", "tick"));
        Assert.Equal((0, "job tick enabled\n"), await CodeAndOutput("job", "enable", "tick"));
        Assert.Equal((0, "what runs of tick is killed\n"), await CodeAndOutput("job", "kill", "tick"));
        Assert.Equal((0, "run 3 of tick is killed\n"), await CodeAndOutput("job", "kill", "tick", "3"));
        Assert.Equal((0, "a success of tick is counted\n"), await CodeAndOutput("job", "success", "tick"));
        Assert.Equal(
            (0, "7 runs of tick from 2031-01-01T00:00:00.000Z to 2031-01-07T21:30:00.000Z\n"), await CodeAndOutput("job", "backfill", "tick", "--from", "2031-01-01", "--to", "2031-01-07T23:30:00+02:00"));
        Assert.Equal("""{"from":"2031-01-01T00:00:00.000Z","to":"2031-01-07T21:30:00.000Z"}""", _jobs.Requests[^1].Body);
    }

    [Fact]
    public async Task Backfill_Wide_IsNotMadeUnasked()
    {
        _jobs.On("POST /v1/scheduler/job/tick/backfill?dryRun=true", 200, """{"runs":322000,"first":"2030-01-01T00:00:00.000Z","last":"2030-12-31T00:00:00.000Z"}""")
            .On("POST /v1/scheduler/job/tick/backfill", 200, """{"runs":322000}""");
        string[] words = ["job", "backfill", "tick", "--from", "2030-01-01", "--to", "2031-01-01"];

        var dry = await Run.JobsAsync(_jobs, [.. words, "--dry-run"]);
        var unasked = await Run.JobsAsync(_jobs, words);

        Assert.Equal((0, "322000 runs of tick would be made, for 2030-01-01T00:00:00.000Z to 2030-12-31T00:00:00.000Z\n"), (dry.Code, dry.Output));
        Assert.Equal((2, ""), (unasked.Code, unasked.Output));
        Assert.Contains("322000 runs of tick would be made", unasked.Errors, StringComparison.Ordinal);
        Assert.Contains("--yes", unasked.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(_jobs.Requests, request => request.Line == "POST /v1/scheduler/job/tick/backfill");
        Assert.Equal(0, (await Run.JobsAsync(_jobs, [.. words, "--yes"])).Code);
        Assert.Equal("POST /v1/scheduler/job/tick/backfill", _jobs.Requests[^1].Line);
    }

    [Fact]
    public async Task Kill_WhatWasDropped_IsTold()
    {
        _jobs.On("DELETE /v1/scheduler/task/kill/tick", 204, warning: "job 'tick': its backfill is ended: 7 times of it are not run");

        var result = await Run.JobsAsync(_jobs, "job", "kill", "tick");

        Assert.Equal((0, "what runs of tick is killed\njob 'tick': its backfill is ended: 7 times of it are not run\n"), (result.Code, result.Output));
    }

    [Fact]
    public async Task Backfill_Nonsense_IsRefused()
    {
        var result = await Run.JobsAsync(_jobs, "job", "backfill", "tick", "--from", "then", "--to", "2031");

        Assert.Equal(2, result.Code);
        Assert.Contains("--from is 'then'", result.Errors, StringComparison.Ordinal);
        Assert.Contains("--to is '2031'", result.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await Run.JobsAsync(_jobs, "job", "backfill", "tick", "--from", "2031-01-02", "--to", "2031-01-01")).Code);
    }

    [Theory]
    [InlineData("show tick")]
    [InlineData("run tick")]
    [InlineData("runs tick")]
    [InlineData("log tick")]
    [InlineData("kill tick")]
    [InlineData("kill tick 3")]
    [InlineData("enable tick")]
    [InlineData("success tick")]
    [InlineData("explain tick")]
    [InlineData("backfill tick --from 2031-01-01 --to 2031-01-02")]
    public async Task Job_Unknown_EndsWithFour(string line)
    {
        const string Unknown = """{"status":"Bad Request","message":"there is no job tick"}""";
        foreach (var request in new[]
        {
            "GET /v1/scheduler/job/tick?extras=true", "POST /v1/scheduler/job/tick/run", "GET /v1/scheduler/job/tick/runs?limit=20", "GET /v1/scheduler/job/tick/runs?limit=100", "GET /v1/scheduler/job/tick/runs/3",
            "DELETE /v1/scheduler/task/kill/tick", "POST /v1/scheduler/job/tick/enable", "PUT /v1/scheduler/job/success/tick", "GET /v1/scheduler/job/tick/explain", "POST /v1/scheduler/job/tick/backfill", "POST /v1/scheduler/job/tick/backfill?dryRun=true",
        })
        {
            _jobs.On(request, 400, Unknown);
        }

        var result = await Run.JobsAsync(_jobs, ["job", .. line.Split(' ')]);

        Assert.Equal((4, ""), (result.Code, result.Output));
        Assert.Contains("no job has the name 'tick'", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Next_TimeInThePast_RunsAtOnce()
    {
        _jobs.On("POST /v1/scheduler/preview", 200, """{"zone":"UTC","times":["2020-05-01T06:30:00Z","2131-05-02T06:30:00Z"]}""");

        var lines = (await Run.JobsAsync(_jobs, "job", "next", "R/2020-05-01T06:30:00Z/P1D")).Output.Split('\n');

        Assert.Matches("^2020-05-01T06:30:00Z  missed [0-9]+d ago, runs at once$", lines[0]);
        Assert.Matches("^2131-05-02T06:30:00Z  in [0-9]+d$", lines[1]);
    }

    [Fact]
    public async Task Next_Unreadable_PointsAtThePlace()
    {
        _jobs.On("POST /v1/scheduler/preview", 400, """{"message":"no","problems":[{"path":"/schedule","message":"month is 13","offset":7}]}""")
            .On("POST /v1/scheduler/preview", 200, Next);

        var wrong = await Run.JobsAsync(_jobs, "job", "next", "R/2031-13-01T00:00:00Z/P1D");
        var right = await Run.JobsAsync(_jobs, "job", "next", "0 8 * * *", "--count", "2");

        Assert.Equal((1, ""), (wrong.Code, wrong.Output));
        Assert.Contains("  R/2031-13-01T00:00:00Z/P1D\n         ^ month is 13", wrong.Errors, StringComparison.Ordinal);
        Assert.StartsWith("2131-05-01T06:30:00Z  in ", right.Output, StringComparison.Ordinal);
        Assert.Equal("""{"cron":"0 8 * * *","count":2}""", _jobs.Requests[^1].Body);
    }

    [Fact]
    public async Task Json_OfEveryKind_IsOneDocument()
    {
        _jobs.On("GET /v1/scheduler/jobs?extras=true", 200, $"[{Tick}]").On("GET /v1/scheduler/job/tick/runs?limit=20", 200, "[]").On("GET /v1/scheduler/job/tick/explain", 200, """{"reasons":[]}""")
            .On("POST /v1/scheduler/preview", 200, Next).On("POST /v1/scheduler/job/tick/run", 200, """{"run":1}""").On("GET /v1/scheduler/job/tick/runs/1", 200, """{"run":1,"state":"succeeded"}""")
            .On("POST /v1/scheduler/job/tick/disable", 204).On("PUT /v1/scheduler/job/success/tick", 200, "true").On("GET /v1/scheduler/job/tick?extras=true", 200, Tick).On("DELETE /v1/scheduler/job/tick?strict=true", 204).On("DELETE /v1/scheduler/task/kill/tick", 204);

        foreach (var line in new[] { "ls", "runs tick", "graph", "explain tick", "next R//P1D", "run tick", "run tick --wait", "disable tick", "success tick", "rm tick", "kill tick" })
        {
            var result = await Run.JobsAsync(_jobs, ["job", .. line.Split(' '), "--output", "json"]);

            Assert.True(result.Code == 0, $"{line}: {result.Errors}");
            Assert.NotNull(JsonNode.Parse(result.Output));
        }
    }

    [Fact]
    public async Task Log_RunThatWasNotLaunched_SaysSo()
    {
        _jobs.On("GET /v1/scheduler/job/tick/runs/3", 200, """{"job":"tick","run":3,"state":"waiting","attempts":[]}""")
            .On("GET /v1/scheduler/job/tick/runs/4", 200, """{"job":"tick","run":4,"state":"failed","attempts":[{"attempt":0,"taskId":"t0"},{"attempt":1,"taskId":"t1"}]}""");

        var waiting = await Run.JobsAsync(_jobs, "job", "log", "tick", "3");
        var attempt = await Run.JobsAsync(_jobs, "job", "log", "tick", "4", "--attempt", "3");

        Assert.Equal(4, waiting.Code);
        Assert.Contains("run 3 of tick was not launched: it is waiting", waiting.Errors, StringComparison.Ordinal);
        Assert.Equal(4, attempt.Code);
        Assert.Contains("has no attempt 3; it has 1, 2", attempt.Errors, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output)> CodeAndOutput(params string[] words)
    {
        var result = await Run.JobsAsync(_jobs, words);
        return (result.Code, result.Output);
    }

    private string Sent(string method) => _jobs.Requests.Single(request => request.Line.StartsWith(method, StringComparison.Ordinal)).Body;
}
