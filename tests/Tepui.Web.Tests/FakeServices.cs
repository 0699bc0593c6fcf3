using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tepui.Web.Tests;

/// <summary>Answers as the services' REST API, from what a test put into it, and does the simplest of what it is asked.</summary>
internal sealed class FakeServices
{
    private readonly Lock _gate = new();
    private readonly FakeEvents _events = new();
    private readonly ConcurrentQueue<(int Status, string Body)> _refusals = new();

    /// <summary>Apps by id, as lists show them.</summary>
    public ConcurrentDictionary<string, JsonObject> Apps { get; } = new();

    /// <summary>Instances by app id.</summary>
    public ConcurrentDictionary<string, JsonArray> Tasks { get; } = new();

    /// <summary>Versions by app id, each with its document.</summary>
    public ConcurrentDictionary<string, ConcurrentDictionary<string, JsonObject>> Versions { get; } = new();

    /// <summary>What the debug page explains, by app id.</summary>
    public ConcurrentDictionary<string, JsonObject> Explanations { get; } = new();

    /// <summary>Groups that hold nothing.</summary>
    public ConcurrentDictionary<string, bool> EmptyGroups { get; } = new();

    /// <summary>Deployments, running and finished.</summary>
    public List<JsonObject> Deployments { get; } = [];

    /// <summary>Items of the queue.</summary>
    public List<JsonObject> Queue { get; } = [];

    /// <summary>Statuses of pods.</summary>
    public List<JsonObject> Pods { get; } = [];

    /// <summary>Changes that were asked for: method, path with query, body.</summary>
    public ConcurrentQueue<(string Method, string Path, string Body)> Changes { get; } = new();

    /// <summary>How often lists were read.</summary>
    public int Reads;

    /// <summary>Answer everything with 503.</summary>
    public bool Down { get; set; }

    /// <summary>Answer every question with this.</summary>
    public string? Nonsense { get; set; }

    public int Subscribers => _events.Subscribers;

    /// <summary>An app as the services show it.</summary>
    public static JsonObject App(string id, int instances = 2, int running = 2, int healthy = 0, int unhealthy = 0, int staged = 0, string? deployment = null) => new()
    {
        ["id"] = id,
        ["cmd"] = "python3 -m http.server $PORT0",
        ["instances"] = instances,
        ["cpus"] = 0.5,
        ["mem"] = 128,
        ["disk"] = 0,
        ["env"] = new JsonObject { ["LEVEL"] = "info" },
        ["labels"] = new JsonObject { ["team"] = "shop" },
        ["portDefinitions"] = new JsonArray(new JsonObject { ["port"] = 10000, ["protocol"] = "tcp", ["name"] = "default", ["labels"] = new JsonObject { ["VIP_0"] = "/web:80" } }),
        ["healthChecks"] = new JsonArray(new JsonObject { ["protocol"] = "MESOS_HTTP", ["path"] = "/", ["portIndex"] = 0, ["gracePeriodSeconds"] = 30, ["intervalSeconds"] = 5, ["timeoutSeconds"] = 3, ["maxConsecutiveFailures"] = 3, ["delaySeconds"] = 2 }),
        ["upgradeStrategy"] = new JsonObject { ["minimumHealthCapacity"] = 1, ["maximumOverCapacity"] = 0.5 },
        ["killSelection"] = "YOUNGEST_FIRST",
        ["version"] = "2031-02-03T04:05:06.789Z",
        ["versionInfo"] = new JsonObject { ["lastScalingAt"] = "2031-02-03T04:05:06.789Z", ["lastConfigChangeAt"] = "2031-02-03T04:05:06.789Z" },
        ["tasksRunning"] = running,
        ["tasksStaged"] = staged,
        ["tasksHealthy"] = healthy,
        ["tasksUnhealthy"] = unhealthy,
        ["deployments"] = deployment is null ? new JsonArray() : new JsonArray(new JsonObject { ["id"] = deployment }),
    };

    public static JsonObject Task(string id, string app, bool? alive = true) => new()
    {
        ["id"] = id,
        ["appId"] = app,
        ["host"] = "one.example.org",
        ["slaveId"] = "S0",
        ["state"] = "TASK_RUNNING",
        ["ports"] = new JsonArray(31001),
        ["stagedAt"] = "2026-01-01T00:00:00.000Z",
        ["startedAt"] = "2026-01-01T00:00:01.000Z",
        ["version"] = "2031-02-03T04:05:06.789Z",
        ["healthCheckResults"] = alive is null ? new JsonArray() : new JsonArray(new JsonObject { ["alive"] = alive, ["lastFailureCause"] = alive == true ? null : "connection refused" }),
    };

    public static JsonObject Deployment(string id, string app, string state = "running", string? outcome = null)
    {
        var deployment = new JsonObject
        {
            ["id"] = id,
            ["version"] = "2031-02-03T04:05:06.789Z",
            ["affectedApps"] = new JsonArray(app),
            ["affectedPods"] = new JsonArray(),
            ["steps"] = new JsonArray(
                new JsonObject { ["actions"] = new JsonArray(new JsonObject { ["action"] = "StartApplication", ["app"] = app }) },
                new JsonObject { ["actions"] = new JsonArray(new JsonObject { ["action"] = "RestartApplication", ["app"] = app }) }),
            ["currentStep"] = 2,
            ["totalSteps"] = 2,
            ["state"] = state,
            ["strategy"] = "rolling",
            ["startedAt"] = "2026-01-01T00:00:00.000Z",
            ["progress"] = new JsonArray(new JsonObject { ["app"] = app, ["action"] = "RestartApplication", ["target"] = 4, ["old"] = 2, ["new"] = 3, ["ready"] = 2, ["healthy"] = 2 }),
        };
        if (outcome is not null)
        {
            deployment["outcome"] = outcome;
            deployment["finishedAt"] = "2026-01-01T00:02:00.000Z";
        }

        return deployment;
    }

    /// <summary>Refuses the next change.</summary>
    public void Refuse(int status, string body) => _refusals.Enqueue((status, body));

    /// <summary>Tells subscribers.</summary>
    public void Publish(string type, string? app = null)
    {
        var data = new JsonObject { ["eventType"] = type, ["timestamp"] = "2031-02-03T04:05:06.789Z" };
        if (app is not null)
        {
            data["appId"] = app;
        }

        _events.Send($"event: {type}\r\ndata: {data.ToJsonString()}\r\n\r\n");
    }

    /// <summary>Changes an app and tells.</summary>
    public void Change(string id, Action<JsonObject> change)
    {
        lock (_gate)
        {
            change(Apps[id]);
        }

        Publish("instance_changed_event", id);
    }

    public void EndStreams() => _events.End();

    public void Map(WebApplication app)
    {
        app.MapGet("/svc/v2/events", StreamAsync);
        app.MapGet("/svc/v2/{**path}", context => ReadAsync(context, (string?)context.Request.RouteValues["path"] ?? ""));
        foreach (var method in new[] { "POST", "PUT", "DELETE" })
        {
            app.MapMethods("/svc/v2/{**path}", [method], context => ChangeAsync(context, (string?)context.Request.RouteValues["path"] ?? ""));
        }
    }

    private async Task StreamAsync(HttpContext context)
    {
        if (Down)
        {
            context.Response.StatusCode = 503;
            return;
        }

        await _events.ServeAsync(context, "event: event_stream_attached\r\ndata: {}\r\n\r\n");
    }

    private Task ReadAsync(HttpContext context, string path)
    {
        Interlocked.Increment(ref Reads);
        JsonNode? answer;
        lock (_gate)
        {
            answer = Answer(path, context.Request.Query["id"].ToString());
        }

        if (Nonsense is { } nonsense)
        {
            return context.Response.WriteAsync(nonsense);
        }

        context.Response.StatusCode = Down ? 503 : answer is null ? 404 : 200;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync((Down ? null : answer)?.ToJsonString() ?? """{"message":"there is nothing","details":[]}""");
    }

    private JsonNode? Answer(string path, string filter) => path switch
    {
        "apps" => new JsonObject { ["apps"] = new JsonArray([.. Apps.Values.Where(app => app["id"]!.ToString().Contains(filter, StringComparison.Ordinal)).Select(app => app.DeepClone())]) },
        "groups" => new JsonObject { ["id"] = "/", ["groups"] = new JsonArray([.. EmptyGroups.Keys.Select(id => (JsonNode)new JsonObject { ["id"] = id, ["groups"] = new JsonArray() })]) },
        "pods/::status" => new JsonArray([.. Pods.Select(pod => pod.DeepClone())]),
        "deployments" => new JsonArray([.. Deployments.Select(deployment => deployment.DeepClone())]),
        "queue" => new JsonObject { ["queue"] = new JsonArray([.. Queue.Select(item => item.DeepClone())]) },
        "info" => new JsonObject { ["frameworkId"] = "F0" },
        _ when path.StartsWith("explain/", StringComparison.Ordinal) => Explanations.GetValueOrDefault(path["explain".Length..])?.DeepClone(),
        _ when path.StartsWith("pods/", StringComparison.Ordinal) => PodAnswer(path["pods".Length..]),
        _ when path.StartsWith("apps/", StringComparison.Ordinal) => AppAnswer(path["apps".Length..]),
        _ => null,
    };

    private JsonNode? PodAnswer(string path)
    {
        var pod = Pods.FirstOrDefault(pod => path.StartsWith(pod["id"]!.ToString(), StringComparison.Ordinal));
        return path.EndsWith("::status", StringComparison.Ordinal) ? pod?.DeepClone()
            : path.EndsWith("::versions", StringComparison.Ordinal) ? new JsonArray("2031-02-03T04:05:06.789Z")
            : pod?["spec"]?.DeepClone();
    }

    private JsonNode? AppAnswer(string path)
    {
        var cut = path.IndexOf("/versions", StringComparison.Ordinal);
        if (cut >= 0)
        {
            var versions = Versions.GetValueOrDefault(path[..cut]) ?? new();
            var one = path[cut..].Replace("/versions", "", StringComparison.Ordinal).Trim('/');
            return one.Length > 0
                ? versions.GetValueOrDefault(one)?.DeepClone()
                : new JsonObject { ["versions"] = new JsonArray([.. versions.Keys.OrderDescending().Select(version => (JsonNode)version)]) };
        }

        if (!Apps.TryGetValue(path, out var app))
        {
            return null;
        }

        var full = (JsonObject)app.DeepClone();
        full["tasks"] = Tasks.GetValueOrDefault(path)?.DeepClone() ?? new JsonArray();
        return new JsonObject { ["app"] = full };
    }

    private async Task ChangeAsync(HttpContext context, string path)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Changes.Enqueue((context.Request.Method, path + context.Request.QueryString, body));
        context.Response.ContentType = "application/json";
        if (_refusals.TryDequeue(out var refusal))
        {
            context.Response.StatusCode = refusal.Status;
            await context.Response.WriteAsync(refusal.Body);
            return;
        }

        lock (_gate)
        {
            Do(context.Request.Method, path, body.Length == 0 ? null : JsonNode.Parse(body));
        }

        Publish("group_change_success");
        await context.Response.WriteAsync("""{"version":"2031-02-03T04:05:07.000Z","deploymentId":"5ed4c0c5-9ff8-4a6f-a0cd-f57f59a34b43"}""");
    }

    private void Do(string method, string path, JsonNode? body)
    {
        var id = path.StartsWith("apps/", StringComparison.Ordinal) ? path["apps".Length..] : "";
        switch (method)
        {
            case "PUT" when body is JsonObject sent && sent["instances"] is { } instances && Apps.TryGetValue(id, out var app):
                app["instances"] = instances.DeepClone();
                foreach (var member in sent.Where(member => member.Key != "instances"))
                {
                    app[member.Key] = member.Value?.DeepClone();
                }

                break;
            case "DELETE" when path.StartsWith("apps/", StringComparison.Ordinal):
                Apps.TryRemove(id, out _);
                break;
            case "POST" when path == "apps":
                Apps[body!["id"]!.ToString()] = App(body["id"]!.ToString(), instances: 1, running: 0, staged: 1);
                break;
            case "POST" when path == "groups":
                EmptyGroups[body!["id"]!.ToString()] = true;
                break;
            case "POST" when path.StartsWith("deployments/", StringComparison.Ordinal):
                Deployments.First(deployment => path.Contains(deployment["id"]!.ToString(), StringComparison.Ordinal))["state"] = path.EndsWith("/pause", StringComparison.Ordinal) ? "paused" : "running";
                break;
            case "DELETE" when path.StartsWith("deployments/", StringComparison.Ordinal):
                Deployments.RemoveAll(deployment => path.Contains(deployment["id"]!.ToString(), StringComparison.Ordinal));
                break;
        }
    }
}
