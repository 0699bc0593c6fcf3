using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.Web.Pages.JobDetail;
using Tepui.Web.Pages.JobEdit;

namespace Tepui.Web.Tests;

/// <summary>The pages of the jobs over HTTP, against a scheduler that is told what to say.</summary>
public sealed class JobsPageTests : IAsyncLifetime
{
    private FakeCluster _cluster = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _cluster = await FakeCluster.StartAsync(jobs: true);
        _cluster.Agents.Agents.Add(A.Agent(address: _cluster.Address));
        JobsSample.Fill(_cluster.Jobs);
        _http = _cluster.Client();
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _cluster.DisposeAsync();
    }

    [Theory]
    [InlineData("/ui/jobs", "href=\"/ui/jobs/night_sweep\"")]
    [InlineData("/ui/jobs", "OVERDUE")]
    [InlineData("/ui/jobs", "job-name off")]
    [InlineData("/ui/jobs", "waits for approval, which does not exist")]
    [InlineData("/ui/jobs", "last 12 runs")]
    [InlineData("/ui/jobs", "1 running")]
    [InlineData("/ui/jobs?q=PACK", "R6//PT45M")]
    [InlineData("/ui/jobs?status=failure", "1 to")]
    [InlineData("/ui/jobs/night_sweep", "2031-05-01 06:30:00 UTC")]
    [InlineData("/ui/jobs/night_sweep", "started 400 ms after it was due")]
    [InlineData("/ui/jobs/night_sweep", "Command exited with status 1")]
    [InlineData("/ui/jobs/night_sweep", "3 attempts")]
    [InlineData("/ui/jobs/night_sweep?skip=1", "id=\"run-15\"")]
    [InlineData("/ui/jobs/night_sweep?output=39.0&file=stderr", "job=night_sweep&amp;run=39&amp;attempt=0&amp;file=stderr")]
    [InlineData("/ui/jobs/night_sweep?backfilled=3", "3 runs will be made")]
    [InlineData("/ui/jobs/tally", "waits for an offer that has enough")]
    [InlineData("/ui/jobs/tally", "it offers 1 GiB of memory, 4 GiB is wanted")]
    [InlineData("/ui/jobs/tally", "/ui/jobs/night_sweep#run-39")]
    [InlineData("/ui/jobs/publish", "does not exist")]
    [InlineData("/ui/jobs/publish", "href=\"/ui/job-new?parent=publish\"")]
    [InlineData("/ui/graph", "class=\"node missing missing\"")]
    [InlineData("/ui/graph", "night_sweep has run 2 times since tally was triggered last")]
    [InlineData("/ui/graph?job=report", "Dependencies of report")]
    [InlineData("/ui/graph?job=asleep", "Nothing is connected with asleep")]
    [InlineData("/ui/job-new", "New job")]
    [InlineData("/ui/job-new", "2031-05-01 06:30:00 -06:00")]
    [InlineData("/ui/job-new?parent=tally", "It runs when tally has run.")]
    [InlineData("/ui/job-edit/night_sweep", "value=\"America/Denver\"")]
    [InlineData("/ui/job-edit/publish", "approval does not exist")]
    [InlineData("/ui/job-edit/night_sweep?mode=json", "&quot;DEPTH&quot;")]
    [InlineData("/ui/jobs?do=run&on=night_sweep", "One run more, beside its schedule.")]
    [InlineData("/ui/jobs?do=run&on=asleep", "asleep is disabled: a run of it would be skipped, not launched. Enable it first.")]
    [InlineData("/ui/jobs?do=stop&on=report", "Kills 1 running task.")]
    [InlineData("/ui/jobs?do=stop&on=asleep", "there is no task to stop")]
    [InlineData("/ui/jobs?do=delete&on=report", "2 jobs depend on it and get tally as parent instead.")]
    [InlineData("/ui/jobs?do=delete&on=pack-box", "tally depends on it and gets its schedule, R6//PT45M. It loses its other parents.")]
    [InlineData("/ui/jobs?do=backfill&on=tally", "has no schedule whose times could be run again")]
    [InlineData("/ui/jobs?do=delete&on=nosuch", "There is no job nosuch any more.")]
    public async Task Page_Each_ShowsWhatTheSchedulerTold(string address, string text)
    {
        var answer = await _http.GetAsync(address);

        var html = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, html);
        Assert.True(html.Contains(text, StringComparison.Ordinal) || (text == "1 to" && html.Contains("pack-box", StringComparison.Ordinal) && !html.Contains("asleep", StringComparison.Ordinal)), html);
        Assert.DoesNotContain("http://www", html.Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("default-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Theory]
    [InlineData("/ui/jobs/nosuch")]
    [InlineData("/ui/job-edit/nosuch")]
    [InlineData("/ui/jobs/nosuch/more")]
    public async Task Page_OfNothing_Is404AndSaysWhat(string address)
    {
        var answer = await _http.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("nosuch", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Navigation_WithAndWithoutJobs_OffersThemOrNot()
    {
        await using var without = await FakeCluster.StartAsync();
        await using var first = await FakeCluster.StartAsync(jobs: true, jobsFirst: true);
        using var http = without.Client();
        using var httpFirst = first.Client();

        Assert.Contains("href=\"/ui/jobs\"", await _http.GetStringAsync("/ui"));
        Assert.DoesNotContain("href=\"/ui/jobs\"", await http.GetStringAsync("/ui"));
        var page = await http.GetAsync("/ui/jobs");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("No jobs scheduler is connected", await page.Content.ReadAsStringAsync());
        Assert.Equal("/ui/jobs", (await httpFirst.GetAsync("/")).Headers.Location!.OriginalString);
        var html = await httpFirst.GetStringAsync("/ui/jobs");
        Assert.True(html.IndexOf("data-hotkey=\"g j\"", StringComparison.Ordinal) < html.IndexOf("data-hotkey=\"g h\"", StringComparison.Ordinal));
        Assert.Contains("No jobs yet", html);
        Assert.Contains($"curl {first.Address}sched/v1/scheduler/iso8601", html);
    }

    [Fact]
    public async Task Scheduler_NotAnswering_IsSaidOnThePage()
    {
        _cluster.Jobs.Down = true;
        _cluster.Jobs.EndStreams();

        await Eventually.HoldsAsync(async () => (await _http.GetStringAsync("/ui/jobs")).Contains("The jobs scheduler cannot be read", StringComparison.Ordinal), "the page says so");

        _cluster.Jobs.Down = false;
        await Eventually.HoldsAsync(async () => !(await _http.GetStringAsync("/ui/jobs")).Contains("The jobs scheduler cannot be read", StringComparison.Ordinal), "it is well again");
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("{\"jobs\":[{\"name\":7,\"parents\":\"x\",\"extras\":[],\"state\":\"99999999999 running\"}]}")]
    [InlineData("not json")]
    [InlineData("")]
    public async Task Scheduler_AnsweringNonsense_DoesNotTakeThePageDown(string nonsense)
    {
        _cluster.Jobs.Nonsense = nonsense;

        foreach (var address in new[] { "/ui/jobs", "/ui/jobs/tally", "/ui/graph", "/ui/job-edit/tally" })
        {
            var answer = await _http.GetAsync(address);
            Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
        }

        _cluster.Jobs.Nonsense = null;
        _cluster.Jobs.EndStreams();
        await Eventually.HoldsAsync(async () => (await _http.GetStringAsync("/ui/jobs")).Contains("/ui/jobs/tally", StringComparison.Ordinal), "the page is well again");
    }

    [Fact]
    public async Task Scheduler_WithoutEvents_IsPolled()
    {
        _cluster.Jobs.IsPlain = true;
        using var stream = new StreamReader(await _http.GetStreamAsync("/ui/_live?at=" + Uri.EscapeDataString("/ui/jobs")));
        Assert.Contains("night_sweep", await stream.NextAsync());

        JobsSample.Add(_cluster.Jobs, FakeJobs.Job("brand-new"));

        await Eventually.HoldsAsync(async () => (await stream.NextAsync()).Contains("brand-new", StringComparison.Ordinal), "the new job is seen");
    }

    [Fact]
    public async Task Live_AJobChanges_SendsThePageAgainAndReadsOnlyThatJob()
    {
        using var stream = new StreamReader(await _http.GetStreamAsync("/ui/_live?at=" + Uri.EscapeDataString("/ui/jobs?q=archive")));
        Assert.Contains("archive", await stream.NextAsync());
        await Eventually.HoldsAsync(() => _cluster.Jobs.Subscribers == 1, "the page listens");
        var lists = _cluster.Jobs.Lists;

        _cluster.Jobs.Change("archive", job => job["extras"]!["running"] = 7);

        await Eventually.HoldsAsync(async () => (await stream.NextAsync()).Contains("7 running", StringComparison.Ordinal), "the change arrives");
        Assert.True(_cluster.Jobs.Reads > 0);
        Assert.InRange(_cluster.Jobs.Lists - lists, 0, 1);
    }

    [Fact]
    public async Task List_OfManyJobs_ShowsAPageOfThem()
    {
        for (var i = 0; i < 20_000; i++)
        {
            JobsSample.Add(_cluster.Jobs, FakeJobs.Job($"many-{i:00000}"));
        }

        _cluster.Jobs.EndStreams();
        await Eventually.HoldsAsync(async () => (await _http.GetStringAsync("/ui/jobs")).Contains("of 20,008", StringComparison.Ordinal), "all are counted");
        var html = await _http.GetStringAsync("/ui/jobs?q=many&skip=9999&sort=next");

        Assert.Contains("19,951 to 20,000 of 20,000", html);
        Assert.InRange(html.Length, 1, 400_000);
    }

    [Theory]
    [InlineData("cross-site", "http://example.org")]
    [InlineData("same-site", null)]
    [InlineData(null, "http://example.org")]
    [InlineData(null, null)]
    public async Task Command_FromAnotherSite_IsRefusedAndNothingSent(string? site, string? origin)
    {
        var answer = await PostAsync("delete", site, origin, ("on", "tally"), ("from", "/ui/jobs"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(_cluster.Jobs.Changes);
        Assert.Contains("tally", _cluster.Jobs.Jobs.Keys);
    }

    [Theory]
    [InlineData("run", "x", "", "POST", "job/tally/run", "{}")]
    [InlineData("run", "arguments", "--fast now", "POST", "job/tally/run", "{\"arguments\":\"--fast now\"}")]
    [InlineData("run", "environment", "A=1\r\nB=x=y\r\n", "POST", "job/tally/run", "{\"environmentVariables\":[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"B\",\"value\":\"x=y\"}]}")]
    [InlineData("stop", "x", "", "DELETE", "task/kill/tally", "")]
    [InlineData("endrun", "run", "4", "DELETE", "job/tally/runs/4", "")]
    [InlineData("delete", "children", "2", "DELETE", "job/tally", "")]
    [InlineData("delete", "children", "0", "DELETE", "job/tally?strict=true", "")]
    [InlineData("disable", "x", "", "POST", "job/tally/disable", "")]
    [InlineData("enable", "x", "", "POST", "job/tally/enable", "")]
    public async Task Command_Each_SendsItsRequest(string what, string field, string value, string method, string path, string body)
    {
        var answer = await PostAsync(what, "same-origin", null, ("on", "tally"), ("from", $"/ui/jobs?q=a&do={what}&on=tally"), (field, value));

        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
        Assert.Equal("/ui/jobs?q=a", answer.Headers.Location!.OriginalString);
        Assert.Equal((method, path, body), Assert.Single(_cluster.Jobs.Changes));
    }

    [Fact]
    public async Task Backfill_Sent_LeadsToTheJobAndSaysHowMany()
    {
        var answer = await PostAsync("backfill", "same-origin", null, ("on", "pack-box"), ("from", "/ui/jobs"), ("since", "2031-01-01T00:00:00Z"), ("until", "2031-01-02T00:00:00Z"));

        Assert.Equal("/ui/jobs/pack-box?backfilled=3", answer.Headers.Location!.OriginalString);
        Assert.Equal(("POST", "job/pack-box/backfill", "{\"from\":\"2031-01-01T00:00:00Z\",\"to\":\"2031-01-02T00:00:00Z\"}"), Assert.Single(_cluster.Jobs.Changes));
    }

    [Fact]
    public async Task Delete_FromTheJobsPage_LeadsToTheList()
    {
        var answer = await PostAsync("delete", "same-origin", null, ("on", "asleep"), ("from", "/ui/jobs/asleep?do=delete&on=asleep"), ("children", "0"));

        Assert.Equal("/ui/jobs", answer.Headers.Location!.OriginalString);
        Assert.DoesNotContain("/ui/jobs/asleep", await _http.GetStringAsync("/ui/jobs"));
    }

    [Fact]
    public async Task Command_Refused_ShowsTheDialogWithTheReasonAndWhatWasTyped()
    {
        _cluster.Jobs.Refuse(400, """{"status":"Bad Request","message":"The job has come to its end.","problems":[]}""");

        var answer = await PostAsync("run", "same-origin", null, ("on", "tally"), ("from", "/ui/jobs"), ("arguments", "--slow"));

        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("The job has come to its end.", html);
        Assert.Contains("value=\"--slow\"", html);
    }

    [Fact]
    public async Task Run_OfAJobThatWasDisabledMeanwhile_DoesNotPassForStarted()
    {
        _cluster.Jobs.Warning = "run 9 of job tally is skipped, not launched";

        var answer = await PostAsync("run", "same-origin", null, ("on", "tally"), ("from", "/ui/jobs"), ("arguments", "--slow"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("run 9 of job tally is skipped, not launched.", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Delete_WithAWarning_IsDone()
    {
        _cluster.Jobs.Warning = "these jobs have the parents of job report now: publish";

        var answer = await PostAsync("delete", "same-origin", null, ("on", "asleep"), ("from", "/ui/jobs"), ("children", "1"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Theory]
    [InlineData("environment", "NOVALUE", "&#x27;NOVALUE&#x27; is no variable")]
    public async Task Run_WithNonsense_IsRefusedByThePage(string field, string value, string why)
    {
        var answer = await PostAsync("run", "same-origin", null, ("on", "tally"), ("from", "/ui/jobs"), (field, value));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(why, await answer.Content.ReadAsStringAsync());
        Assert.Empty(_cluster.Jobs.Changes);
    }

    [Theory]
    [InlineData("schedule", "schedule", "R//PT1H", "2031-05-01 06:30:00 -06:00")]
    [InlineData("cron", "cron", "0 8 * * *", "2031-05-01 08:00:00 -06:00")]
    [InlineData("schedule", "schedule", "R//PXH", "the period has no number before X")]
    [InlineData("parents", "parents", "tally\nghost", "ghost does not exist.")]
    public async Task Preview_OfWhatIsTyped_TellsTheNextRuns(string kind, string field, string value, string text)
    {
        var answer = await PostAsync("preview", "same-origin", null, ("kind", kind), (field, value), ("name", "x"), ("base", "{}"));

        var html = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["html"]!.ToString();
        Assert.Contains(text, html);
        Assert.Empty(_cluster.Jobs.Changes);
    }

    [Fact]
    public async Task Save_OfTheForm_SendsTheWholeJobWithWhatTheFormDoesNotShow()
    {
        var fields = FormOf("night_sweep");
        fields["cpus"] = "0.75";
        fields["catchUp"] = "all";
        fields["env.1.name"] = "NEW";
        fields["env.1.value"] = "1";

        var answer = await PostAsync("save", "same-origin", null, [.. fields.Select(field => (field.Key, field.Value))]);

        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
        Assert.Equal("/ui/jobs/night_sweep", answer.Headers.Location!.OriginalString);
        var (method, path, body) = Assert.Single(_cluster.Jobs.Changes);
        Assert.Equal(("POST", "iso8601?strict=true"), (method, path));
        var sent = JsonNode.Parse(body)!;
        Assert.Equal(0.75, sent["cpus"]!.GetValue<double>());
        Assert.Equal("all", sent["catchUp"]!.ToString());
        Assert.Equal("""[{"name":"DEPTH","value":"3"},{"name":"NEW","value":"1"}]""", sent["environmentVariables"]!.ToJsonString());
        Assert.True(sent["fetch"]![0]!["cache"]!.GetValue<bool>());
        Assert.Null(sent["uris"]);
        Assert.Null(sent["successCount"]);
        Assert.Null(sent["extras"]);
    }

    [Fact]
    public async Task Save_WhileTheScheduleMovedOn_KeepsWhereItIsNow()
    {
        var fields = FormOf("pack-box");
        _cluster.Jobs.Jobs["pack-box"]["schedule"] = "R5/2031-01-01T00:00:00Z/PT45M";

        await PostAsync("save", "same-origin", null, [.. fields.Select(field => (field.Key, field.Value))]);

        Assert.Equal("R5/2031-01-01T00:00:00Z/PT45M", JsonNode.Parse(Assert.Single(_cluster.Jobs.Changes).Body)!["schedule"]!.ToString());
    }

    [Fact]
    public async Task Save_OfAJobThatSomeoneElseChanged_AsksFirst()
    {
        var fields = FormOf("pack-box");
        _cluster.Jobs.Jobs["pack-box"]["command"] = "./other";

        var answer = await PostAsync("save", "same-origin", null, [.. fields.Select(field => (field.Key, field.Value))]);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("changed by someone else", await answer.Content.ReadAsStringAsync());
        Assert.Empty(_cluster.Jobs.Changes);
    }

    [Fact]
    public async Task Save_OfANewJobWithATakenName_IsRefused()
    {
        var answer = await PostAsync("save", "same-origin", null, ("name", "tally"), ("kind", "schedule"), ("schedule", "R//PT1H"), ("command", "true"), ("mode", "form"), ("base", "{}"));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("There is a job tally already.", await answer.Content.ReadAsStringAsync());
        Assert.Empty(_cluster.Jobs.Changes);
    }

    [Fact]
    public async Task Save_Refused_ShowsEachProblemAtItsField()
    {
        _cluster.Jobs.Refuse(400, """{"status":"Bad Request","message":"3 problems","problems":[{"path":"schedule","message":"does not parse"},{"path":"/environmentVariables(0)/name","message":"is taken"},{"path":"weird","message":"is odd"}]}""");

        var answer = await PostAsync("save", "same-origin", null, [.. FormOf("pack-box").Select(field => (field.Key, field.Value))]);

        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("id=\"schedule-problems\"><li>does not parse</li>", html);
        Assert.Contains("id=\"env.0.name-problems\"><li>is taken</li>", html);
        Assert.Contains("weird: is odd", html);
    }

    [Fact]
    public async Task Tail_OfARun_FollowsItsSandbox()
    {
        _cluster.Files["/frameworks/F0/executors/night_sweep.39/runs/latest/stdout"] = "swept\n";
        using var stream = new StreamReader(await _http.GetStreamAsync("/ui/_tail?job=night_sweep&run=39&attempt=0&file=stdout"));

        Assert.Equal("", await stream.NextAsync());
        Assert.Equal("swept\n", await stream.NextAsync());
        Assert.Equal("swept\n", await _http.GetStringAsync("/ui/_download?job=night_sweep&run=39&attempt=0&file=stdout"));
    }

    [Theory]
    [InlineData("job=night_sweep&run=999&attempt=0&file=stdout", "There is no run 999")]
    [InlineData("job=night_sweep&run=39&attempt=7&file=stdout", "has no attempt 7")]
    [InlineData("job=night_sweep&run=39&attempt=0&file=../../x", "does not lie in the sandbox")]
    [InlineData("job=night_sweep&run=39&attempt=0&file=nosuch", "There is no nosuch")]
    public async Task Tail_OfNothing_SaysWhy(string query, string why)
    {
        using var stream = new StreamReader(await _http.GetStreamAsync("/ui/_tail?" + query));

        Assert.Contains(why, await stream.NextAsync());
    }

    private Dictionary<string, string> FormOf(string name)
    {
        var document = JsonElement.Parse(_cluster.Jobs.Jobs[name].ToJsonString());
        var edit = JobEditModel.Of(name, document, json: false);
        var fields = JobLayout.Fields.ToDictionary(field => field.Name, field => edit.Values[field.Name], StringComparer.Ordinal);
        foreach (var list in JobLayout.Lists)
        {
            foreach (var row in edit.Values.Rows(list))
            {
                foreach (var column in list.Columns.Select(column => column.Name).Append(Pages.Edit.FormValues.Origin))
                {
                    fields[Pages.Edit.FormValues.NameOf(list, row, column)] = edit.Values[Pages.Edit.FormValues.NameOf(list, row, column)];
                }
            }
        }

        fields["kind"] = edit.Values[JobForm.Kind];
        fields["base"] = JobDocument.Configuration(document).ToJsonString();
        fields["on"] = name;
        fields["version"] = edit.Version;
        fields["mode"] = "form";
        fields["do"] = "save";
        return fields;
    }

    private Task<HttpResponseMessage> PostAsync(string what, string? site, string? origin, params (string Name, string Value)[] fields) =>
        _http.PostFormAsync($"/ui/_jobs/{what}", site, origin, fields);
}
