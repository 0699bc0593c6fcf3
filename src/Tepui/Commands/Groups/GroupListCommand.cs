using System.Text.Json.Nodes;
using Tepui.Terminal;

namespace Tepui.Commands.Groups;

/// <summary><c>tepui group ls</c></summary>
internal sealed class GroupListCommand() : ServicesClientCommand("ls", "Lists all groups with what lies in and below them.", "tepui group ls", "tepui group ls --output json")
{
    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var root = await invocation.Client.GetAsync("/v2/groups", cancel);
        var groups = GroupTree.Groups(root).ToList();
        if (invocation.IsJson)
        {
            JsonOutput.Write(new JsonArray([.. groups.Select(group => new JsonObject
            {
                ["id"] = group.Text("id"),
                ["apps"] = new JsonArray([.. GroupTree.Apps(group).Select(app => JsonValue.Create(app.Text("id")))]),
                ["pods"] = new JsonArray([.. GroupTree.Pods(group).Select(pod => JsonValue.Create(pod.Text("id")))]),
            })]));
            return ExitCode.Ok;
        }

        var table = new Table("ID", "APPS", "PODS", "INSTANCES", "DEPENDS ON");
        foreach (var group in groups)
        {
            var instances = GroupTree.Apps(group).Sum(app => app.Count("instances")) + GroupTree.Pods(group).Sum(pod => (int)(pod.Number("scaling", "instances") ?? 1));
            table.Add(
                group.Text("id") ?? "/", $"{GroupTree.Apps(group).Count()}", $"{GroupTree.Pods(group).Count()}", $"{instances}",
                string.Join(',', group.Texts("dependencies")) is { Length: > 0 } others ? others : "-");
        }

        table.WriteTo(Console.Out);
        return ExitCode.Ok;
    }
}
