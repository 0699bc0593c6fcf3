using System.Globalization;
using System.Text.Json.Nodes;

namespace Tepui.Services.Tests.Hosting;

public sealed class ClusterTests(Cluster cluster) : IClassFixture<Cluster>
{
    private Support.Services Services => cluster.Services;

    [Fact]
    public async Task App_Created_RunsAndIsRestartedWhenItDies()
    {
        await Services.PostAsync("/v2/apps", """{"id":"/dies","cmd":"sleep 1000","cpus":0.1,"mem":32,"backoffSeconds":0}""");
        var first = (string)(await Services.RunningAsync("/dies", 1))[0]!["id"]!;

        var killed = await Services.DeleteAsync($"/v2/apps/dies/tasks/{first}");

        Assert.Equal(first, (string)killed.Json["task"]!["id"]!);
        await Wait.UntilAsync(async () => (string)(await Services.RunningAsync("/dies", 1))[0]!["id"]! != first, () => "another task runs");
        await Services.DeleteAsync("/v2/apps/dies");
    }

    [Fact]
    public async Task App_ScaledAndRemoved_HasThatManyTasksAndThenNone()
    {
        await Services.PostAsync("/v2/apps", """{"id":"/scales","cmd":"sleep 1000","cpus":0.1,"mem":32}""");
        await Services.RunningAsync("/scales", 1);
        await Services.SettledAsync();

        var scaled = await Services.PutAsync("/v2/apps/scales", """{"instances":3}""");
        var tasks = await Services.RunningAsync("/scales", 3);

        Assert.Equal(200, scaled.Code);
        Assert.Equal(3, tasks.Select(task => (int)task!["ports"]![0]!).Distinct().Count());
        await Services.SettledAsync();
        await Services.DeleteAsync("/v2/apps/scales");
        await Wait.UntilAsync(async () => (await Services.GetAsync("/v2/apps/scales")).Code == 404, () => "the app is gone");
    }

    [Fact]
    public async Task Restart_OfTheScheduler_KeepsTheTasksThatRun()
    {
        await Services.PostAsync("/v2/apps", """{"id":"/stays","cmd":"sleep 1000","cpus":0.1,"mem":32,"instances":2}""");
        var before = Ids(await Services.RunningAsync("/stays", 2));
        await Services.SettledAsync();

        await Services.RestartAsync();
        var after = Ids(await Services.RunningAsync("/stays", 2));

        Assert.Equal(before, after);
        await Services.DeleteAsync("/v2/apps/stays");
    }

    [Fact]
    public async Task Events_OfATask_ComeWithinFiftyMillisecondsOfItsUpdate()
    {
        await using var events = await Services.EventsAsync("?event_type=status_update_event&event_type=deployment_success");

        await Services.PostAsync("/v2/apps", """{"id":"/tells","cmd":"sleep 1000","cpus":0.1,"mem":32}""");
        JsonNode? running = null;
        var lag = TimeSpan.MaxValue;
        while (running is null)
        {
            var data = await events.UntilAsync("status_update_event");
            var took = DateTimeOffset.UtcNow - DateTimeOffset.Parse((string)data["timestamp"]!, CultureInfo.InvariantCulture);
            lag = took < lag ? took : lag;
            running = (string)data["appId"]! == "/tells" && (string)data["taskStatus"]! == "TASK_RUNNING" ? data : null;
        }

        // The quickest of them: a busy machine may hold up one or the other.
        Assert.InRange(lag, TimeSpan.FromMilliseconds(-1), TimeSpan.FromMilliseconds(50));
        Assert.Equal("text/event-stream", events.ContentType);
        Assert.Single(running["ports"]!.AsArray());
        await events.UntilAsync("deployment_success");
        await Services.DeleteAsync("/v2/apps/tells");
    }

    [Fact]
    public async Task HealthCheck_RunByTheScheduler_MakesTheTaskHealthy()
    {
        using var server = new TextServer();
        await Services.PostAsync("/v2/apps", $$"""
            {"id":"/checked","cmd":"sleep 1000","cpus":0.1,"mem":32,
             "healthChecks":[{"protocol":"HTTP","path":"/health","port":{{server.Port}},"intervalSeconds":1,"gracePeriodSeconds":5,"timeoutSeconds":1}]}
            """);

        JsonNode? app = null;
        await Wait.UntilAsync(
            async () => (int)(app = (await Services.GetAsync("/v2/apps/checked")).Json["app"]!)["tasksHealthy"]! == 1,
            () => $"the task is healthy; now: {app}");

        Assert.True((bool)app!["tasks"]![0]!["healthCheckResults"]![0]!["alive"]!);
        Assert.Contains(server.Requests, request => request.Path == "/health");
        await Services.DeleteAsync("/v2/apps/checked");
    }

    [Fact]
    public async Task Callback_Subscribed_IsPostedEventsAlsoAfterARestart()
    {
        using var server = new TextServer();
        var url = $"http://127.0.0.1:{server.Port}/hook";

        var answer = await Services.PostAsync($"/v2/eventSubscriptions?callbackUrl={url}", null);
        await Services.RestartAsync();
        await Services.PostAsync("/v2/apps", """{"id":"/posted","cmd":"sleep 1000","cpus":0.1,"mem":32}""");

        Assert.Equal(200, answer.Code);
        Assert.Equal([url], (await Services.GetAsync("/v2/eventSubscriptions")).Json["callbackUrls"]!.AsArray().Select(item => (string)item!));
        await Wait.UntilAsync(() => server.Requests.Any(request => request.Body.Contains("api_post_event", StringComparison.Ordinal)), () => "an event is posted");
        await Services.DeleteAsync($"/v2/eventSubscriptions?callbackUrl={url}");
        Assert.Empty((await Services.GetAsync("/v2/eventSubscriptions")).Json["callbackUrls"]!.AsArray());
        await Services.DeleteAsync("/v2/apps/posted");
    }

    private static IEnumerable<string> Ids(JsonArray tasks) => tasks.Select(task => (string)task!["id"]!).Order(StringComparer.Ordinal);
}
