using System.Text.Json;
using Tepui.Web.Feeds;

namespace Tepui.Web.Services;

/// <summary>What the services tell in codes, said in words.</summary>
internal static class Words
{
    /// <summary>Why an app crash-loops.</summary>
    public static string CrashLoop(JsonElement loop)
    {
        var cause = loop.Text("kind") switch
        {
            "exit" => loop.Member("exitCode") is { } code ? $"exits with code {code.Text()}" : "exits",
            "signal" => $"is ended by signal {loop.Text("signal") ?? "?"}",
            "oom" => "runs out of memory",
            "fetch" => "cannot fetch its files",
            "check" => "fails its checks",
            "launch" => "cannot be launched",
            var other => other ?? "fails",
        };
        var count = loop.Int("count");
        var times = count > 0 ? $", {count} {(count == 1 ? "time" : "times")} so far" : "";
        var message = loop.Text("message") is { Length: > 0 } said ? $": {said.TrimEnd('.')}" : "";
        return $"It {cause}{times}{message}.";
    }

    /// <summary>Why unhealthy instances are not replaced at once.</summary>
    public static string KillBudget(JsonElement budget) =>
        budget.Text("reason") is { Length: > 0 } reason ? reason : $"{budget.Int("unhealthy")} instances are unhealthy at once; {budget.Int("allowed")} may be replaced now.";

    /// <summary>A deployment's action, as in <c>restart</c> for RestartApplication.</summary>
    public static string Action(string action) => action switch
    {
        "StartApplication" or "StartPod" => "start",
        "StopApplication" or "StopPod" => "stop",
        "ScaleApplication" or "ScalePod" => "scale",
        "RestartApplication" or "RestartPod" => "restart",
        _ => action,
    };

    /// <summary>A count with its noun, as in <c>1 instance</c> and <c>2 instances</c>.</summary>
    public static string Count(int count, string noun) => $"{Show.Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>How many apps, and how many of these are pods.</summary>
    public static string Apps(int all, int pods) =>
        pods == 0 ? Count(all, "app") : pods == all ? Count(pods, "pod") : $"{Count(all - pods, "app")} and {Count(pods, "pod")}";
}
