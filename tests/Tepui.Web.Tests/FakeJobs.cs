using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Tepui.Web.Tests;

/// <summary>Answers as the jobs' REST API, from what a test put into it, and does the simplest of what it is asked.</summary>
internal sealed class FakeJobs
{
    private const string Root = "/sched/v1/scheduler";

    private readonly Lock _gate = new();
    private readonly FakeEvents _events = new();
    private readonly ConcurrentQueue<(int Status, string Body)> _refusals = new();

    /// <summary>Whole jobs by name, with extras.</summary>
    public ConcurrentDictionary<string, JsonObject> Jobs { get; } = new();

    /// <summary>Runs by job, newest first.</summary>
    public ConcurrentDictionary<string, List<JsonObject>> Runs { get; } = new();

    /// <summary>Explanations by job.</summary>
    public ConcurrentDictionary<string, JsonObject> Explanations { get; } = new();

    /// <summary>Changes that were asked for: method, path with query, body.</summary>
    public ConcurrentQueue<(string Method, string Path, string Body)> Changes { get; } = new();

    /// <summary>How often all jobs were listed.</summary>
    public int Lists;

    /// <summary>How often one job was read.</summary>
    public int Reads;

    /// <summary>Answer everything with 503.</summary>
    public bool Down { get; set; }

    /// <summary>Have no events and no runs, as Chronos.</summary>
    public bool IsPlain { get; set; }

    /// <summary>Answer every question with this.</summary>
    public string? Nonsense { get; set; }

    public int Subscribers => _events.Subscribers;

    /// <summary>A job as the scheduler shows it.</summary>
    public static JsonObject Job(string name, string schedule = "R/2031-05-01T06:30:00Z/P1D", string status = "fresh", int running = 0, int queued = 0, string? next = "2031-05-01T06:30:00Z", params string[] parents)
    {
        var job = new JsonObject
        {
            ["name"] = name,
            ["command"] = $"./{name} --all",
            ["shell"] = true,
            ["cpus"] = 0.1,
            ["mem"] = 128,
            ["disk"] = 256,
            ["retries"] = 2,
            ["owner"] = "ops@example.org",
            ["description"] = $"what {name} does",
            ["concurrent"] = false,
            ["disabled"] = false,
            ["fetch"] = new JsonArray(new JsonObject { ["uri"] = "http://files.example.org/a.tgz", ["extract"] = false, ["executable"] = false, ["cache"] = true, ["output_file"] = "" }),
            ["uris"] = new JsonArray("http://files.example.org/a.tgz"),
            ["environmentVariables"] = new JsonArray(new JsonObject { ["name"] = "DEPTH", ["value"] = "3" }),
            ["constraints"] = new JsonArray(),
            ["successCount"] = 12,
            ["errorCount"] = status == "failure" ? 3 : 0,
            ["errorsSinceLastSuccess"] = status == "failure" ? 1 : 0,
            ["lastSuccess"] = status == "fresh" ? "" : "2026-01-01T00:00:00.000Z",
            ["lastError"] = status == "failure" ? "2026-01-02T00:00:00.000Z" : "",
            ["extras"] = new JsonObject
            {
                ["nextRun"] = parents.Length > 0 ? null : next,
                ["state"] = running > 0 ? $"{running} running" : queued > 0 ? "queued" : "idle",
                ["running"] = running,
                ["queued"] = queued,
                ["skippedCount"] = 0,
                ["lateCount"] = 1,
                ["overdue"] = false,
                ["missingParents"] = new JsonArray(),
                ["edges"] = new JsonObject(),
            },
        };
        if (parents.Length > 0)
        {
            job["parents"] = new JsonArray([.. parents.Select(parent => (JsonNode)parent)]);
        }
        else
        {
            job["schedule"] = schedule;
            job["scheduleTimeZone"] = "";
        }

        return job;
    }

    /// <summary>A run.</summary>
    public static JsonObject Run(string job, int number, string state, double? seconds, DateTimeOffset due, string cause = "schedule", int attempts = 1)
    {
        var started = due.AddSeconds(0.4);
        var over = state is "succeeded" or "failed" or "killed" or "lost";
        return new JsonObject
        {
            ["job"] = job,
            ["run"] = number,
            ["state"] = state,
            ["cause"] = new JsonObject { ["kind"] = cause, ["firstDue"] = Time(due), ["due"] = Time(due), ["covers"] = 1, ["parents"] = new JsonArray() },
            ["due"] = Time(due),
            ["createdAt"] = Time(due),
            ["startedAt"] = state == "waiting" ? null : Time(started),
            ["endedAt"] = over ? Time(started.AddSeconds(seconds ?? 0)) : null,
            ["durationSeconds"] = over ? seconds : null,
            ["lateSeconds"] = state == "waiting" ? null : 0.4,
            ["attempt"] = attempts - 1,
            ["message"] = state == "failed" ? "Command exited with status 1" : null,
            ["attempts"] = new JsonArray([.. Enumerable.Range(0, state == "waiting" ? 0 : attempts).Select(attempt => (JsonNode)new JsonObject
            {
                ["attempt"] = attempt,
                ["taskId"] = $"ct:{due.ToUnixTimeMilliseconds()}:{attempt}:{job}:",
                ["agentId"] = "S0",
                ["host"] = "one.example.org",
                ["state"] = attempt < attempts - 1 || state == "failed" ? "TASK_FAILED" : over ? "TASK_FINISHED" : "TASK_RUNNING",
                ["launchedAt"] = Time(due),
                ["startedAt"] = Time(started),
                ["message"] = attempt < attempts - 1 ? "Command exited with status 1" : null,
                ["sandbox"] = new JsonObject { ["agent"] = "S0", ["path"] = $"/frameworks/F0/executors/{job}.{number}/runs/latest" },
            })]),
        };
    }

    /// <summary>Warning that goes with the answers of all changes; null for none.</summary>
    public string? Warning { get; set; }

    /// <summary>Refuses the next change.</summary>
    public void Refuse(int status, string body) => _refusals.Enqueue((status, body));

    /// <summary>Changes a job and tells.</summary>
    public void Change(string name, Action<JsonObject> change, string type = "run_changed")
    {
        lock (_gate)
        {
            change(Jobs[name]);
        }

        Publish(type, name);
    }

    /// <summary>Tells subscribers.</summary>
    public void Publish(string type, string job) =>
        _events.Send($"event: {type}\ndata: {new JsonObject { ["job"] = job }.ToJsonString()}\n\n");

    public void EndStreams() => _events.End();

    public void Map(WebApplication app)
    {
        app.MapGet(Root + "/events", StreamAsync);
        app.MapGet(Root + "/{**path}", context => ReadAsync(context, (string?)context.Request.RouteValues["path"] ?? ""));
        app.MapPost(Root + "/preview", PreviewAsync);
        foreach (var method in new[] { "POST", "PUT", "DELETE" })
        {
            app.MapMethods(Root + "/{**path}", [method], context => ChangeAsync(context, (string?)context.Request.RouteValues["path"] ?? ""));
        }
    }

    private async Task StreamAsync(HttpContext context)
    {
        if (Down || IsPlain)
        {
            context.Response.StatusCode = IsPlain ? 404 : 503;
            return;
        }

        await _events.ServeAsync(context, ":\n\n");
    }

    private Task ReadAsync(HttpContext context, string path)
    {
        JsonNode? answer;
        lock (_gate)
        {
            answer = Answer(path, context.Request.Query);
        }

        if (Nonsense is { } nonsense)
        {
            return context.Response.WriteAsync(nonsense);
        }

        context.Response.StatusCode = Down ? 503 : answer is null ? 400 : 200;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync((Down ? null : answer)?.ToJsonString() ?? """{"status":"Bad Request","message":"there is nothing"}""");
    }

    private JsonNode? Answer(string path, IQueryCollection query)
    {
        if (path == "jobs/summary")
        {
            Interlocked.Increment(ref Lists);
            return new JsonObject { ["jobs"] = new JsonArray([.. Jobs.Values.Select(Summary)]) };
        }

        var parts = path.Split('/');
        if (parts is not ["job", ..] || !Jobs.TryGetValue(parts[1], out var job))
        {
            return null;
        }

        var runs = Runs.GetValueOrDefault(parts[1], []);
        return parts switch
        {
            [_, _] => Whole(job),
            [_, _, "runs"] when !IsPlain => new JsonArray([.. runs.Skip(Int(query, "offset", 0)).Take(Int(query, "limit", 50)).Select(run => run.DeepClone())]),
            [_, _, "runs", var number] => runs.FirstOrDefault(run => run["run"]!.ToString() == number)?.DeepClone(),
            [_, _, "next"] when !IsPlain => new JsonObject { ["zone"] = "UTC", ["times"] = new JsonArray([.. Enumerable.Range(1, 5).Select(day => (JsonNode)$"2031-05-0{day}T06:30:00Z")]) },
            [_, _, "explain"] when !IsPlain => Explanations.GetValueOrDefault(parts[1])?.DeepClone() ?? new JsonObject { ["job"] = parts[1], ["state"] = "idle", ["reasons"] = new JsonArray() },
            _ => null,
        };
    }

    private JsonNode Whole(JsonObject job)
    {
        Interlocked.Increment(ref Reads);
        return job.DeepClone();
    }

    private JsonNode Summary(JsonObject job)
    {
        var summary = new JsonObject
        {
            ["name"] = job["name"]!.ToString(),
            ["status"] = (int)job["errorsSinceLastSuccess"]! > 0 ? "failure" : job["lastSuccess"]!.ToString().Length > 0 ? "success" : "fresh",
            ["state"] = job["extras"]!["state"]!.ToString(),
            ["schedule"] = job["schedule"]?.ToString(),
            ["parents"] = job["parents"]?.DeepClone() ?? new JsonArray(),
            ["disabled"] = (bool)job["disabled"]!,
        };
        if (!IsPlain)
        {
            summary["extras"] = job["extras"]!.DeepClone();
        }

        return summary;
    }

    private static async Task PreviewAsync(HttpContext context)
    {
        var asked = (await JsonNode.ParseAsync(context.Request.Body))!;
        var text = (asked["schedule"] ?? asked["cron"])!.ToString();
        context.Response.ContentType = "application/json";
        if (text.Contains("PX", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(new JsonObject { ["status"] = "Bad Request", ["message"] = "no", ["problems"] = new JsonArray(new JsonObject { ["path"] = "schedule", ["message"] = "the period has no number before X", ["offset"] = text.IndexOf("PX", StringComparison.Ordinal) + 1 }) }.ToJsonString());
            return;
        }

        var day = asked["cron"] is null ? "06:30" : "08:00";
        await context.Response.WriteAsync(new JsonObject { ["zone"] = "America/Denver", ["times"] = new JsonArray([.. Enumerable.Range(1, 5).Select(count => (JsonNode)$"2031-05-0{count}T{day}:00-06:00")]) }.ToJsonString());
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

        JsonNode? answer;
        lock (_gate)
        {
            answer = Do(context.Request.Method, path.Split('/'), body.Length == 0 ? null : JsonNode.Parse(body));
        }

        if (Warning is { } warning)
        {
            context.Response.Headers["X-Tepui-Warning"] = warning;
        }

        context.Response.StatusCode = answer is null ? 204 : 200;
        if (answer is not null)
        {
            await context.Response.WriteAsync(answer.ToJsonString());
        }
    }

    private JsonNode? Do(string method, string[] parts, JsonNode? body)
    {
        switch ((method, parts))
        {
            case ("POST", ["iso8601" or "dependency"]):
                var name = body!["name"]!.ToString();
                var made = Job(name, parents: [.. (body["parents"] as JsonArray ?? []).Select(parent => parent!.ToString())]);
                foreach (var (key, value) in (JsonObject)body)
                {
                    made[key] = value?.DeepClone();
                }

                Jobs[name] = made;
                return null;
            case ("POST", ["job", var job, "run"]):
                Jobs[job]["extras"]!["running"] = 1;
                return new JsonObject { ["job"] = job, ["run"] = 9 };
            case ("POST", ["job", _, "backfill"]):
                return new JsonObject { ["runs"] = 3 };
            case ("POST", ["job", var job, "disable" or "enable"]):
                Jobs[job]["disabled"] = parts[2] == "disable";
                return null;
            case ("DELETE", ["job", var job]):
                Jobs.TryRemove(job, out _);
                return null;
            case ("DELETE", ["task", "kill", var job]):
                Jobs[job]["extras"]!["running"] = 0;
                return null;
            default:
                return null;
        }
    }

    private static int Int(IQueryCollection query, string name, int otherwise) => int.TryParse(query[name], out var value) ? value : otherwise;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
}
