using System.Text.Json.Nodes;

namespace Tepui.Commands.Apps;

/// <summary>How the command line prints an app's answer.</summary>
internal static class AppText
{
    /// <summary>Health in a few characters: <c>2 ok, 1 bad</c>; <c>-</c> without health checks.</summary>
    public static string Health(JsonNode app)
    {
        if (!app.Items("healthChecks").Any())
        {
            return "-";
        }

        var healthy = app.Count("tasksHealthy");
        var unhealthy = app.Count("tasksUnhealthy");
        var unknown = Math.Max(0, app.Count("tasksRunning") - healthy - unhealthy);
        return string.Join(", ", new[] { (healthy, "ok"), (unhealthy, "bad"), (unknown, "unknown") }.Where(part => part.Item1 > 0).Select(part => $"{part.Item1} {part.Item2}")) is { Length: > 0 } text
            ? text
            : "none";
    }

    /// <summary>What there is to say about an app in one word or two, the worst first.</summary>
    public static string State(JsonNode app)
    {
        if (app.At("crashLoop") is { } loop)
        {
            return $"crash loop ({Cause(loop)})";
        }

        if (app.IsTrue("killBudget", "limited"))
        {
            return "many unhealthy, replacing slowly";
        }

        var running = app.Count("tasksRunning");
        var wanted = app.Count("instances");
        return (app.Items("deployments").Any(), wanted, running) switch
        {
            (true, _, _) => "deploying",
            (_, 0, 0) => "suspended",
            _ when running < wanted => app.Count("tasksStaged") > 0 ? "starting" : "waiting",
            _ when running > wanted => "stopping",
            _ => "running",
        };
    }

    /// <summary>Why instances end, as in <c>exit 1</c>.</summary>
    public static string Cause(JsonNode loop) => (loop.Text("kind"), loop.Number("exitCode"), loop.At("signal")) switch
    {
        ("exit", { } code, _) => $"exit {Fields.Plain(code)}",
        ("signal", _, { } signal) => $"signal {signal}",
        ("oom", _, _) => "out of memory",
        ("fetch", _, _) => "fetch failed",
        ("check", _, _) => "health check failed",
        ("launch", _, _) => "cannot launch",
        (var kind, _, _) => kind ?? "unknown",
    };

    /// <summary>A crash loop in a sentence.</summary>
    public static string CrashLoop(JsonNode loop) =>
        $"{Cause(loop)}, {loop.Count("count")} times since {loop.Text("since") ?? "?"}{(loop.Text("message") is { Length: > 0 } message ? $": {message}" : "")}"
        + (loop.Number("backoffSeconds") is { } wait ? $"; waits {Fields.Plain(wait)} s before the next try" : "");
}
