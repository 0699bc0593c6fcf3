using System.Text.Json.Nodes;

namespace Tepui.Deploying;

/// <summary>How far one action of a deployment is.</summary>
/// <param name="Action">Name of the action, as in <c>RestartApplication</c>.</param>
/// <param name="Id">The app or pod.</param>
/// <param name="Target">Instances wanted at the end.</param>
/// <param name="Old">Instances of the earlier version that still run.</param>
/// <param name="New">Instances of the wanted version, starting ones among them.</param>
/// <param name="Ready">Those of <paramref name="New"/> that count as up: running, healthy and ready.</param>
/// <param name="Healthy">Instances whose health checks pass, old and new.</param>
internal sealed record ActionProgress(string Action, string Id, int Target, int Old, int New, int Ready, int Healthy)
{
    /// <summary>Reads one item of a deployment's <c>progress</c>.</summary>
    public static ActionProgress Read(JsonNode item) => new(
        item.Text("action") ?? "", item.Text("app") ?? item.Text("pod") ?? "", item.Count("target"), item.Count("old"), item.Count("new"), item.Count("ready"), item.Count("healthy"));

    /// <summary>The action as people say it, as in <c>restart</c>.</summary>
    public string Verb => Action switch
    {
        _ when Action.StartsWith("Start", StringComparison.Ordinal) => "start",
        _ when Action.StartsWith("Stop", StringComparison.Ordinal) => "stop",
        _ when Action.StartsWith("Scale", StringComparison.Ordinal) => "scale",
        _ when Action.StartsWith("Restart", StringComparison.Ordinal) => "restart",
        _ => Action,
    };
}
