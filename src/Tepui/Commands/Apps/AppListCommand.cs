using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary><c>tepui app ls</c></summary>
internal sealed class AppListCommand : ServicesClientCommand
{
    private readonly Option<string?> _label = new("--label") { Description = "Only apps with these labels: KEY, KEY==VALUE, KEY!=VALUE, KEY in (A,B), KEY notin (A,B); a comma joins several", HelpName = "SELECTOR" };
    private readonly Option<string?> _id = new("--id") { Description = "Only apps with this in their id", HelpName = "TEXT" };
    private readonly Option<string?> _cmd = new("--cmd") { Description = "Only apps with this in their command", HelpName = "TEXT" };

    public AppListCommand()
        : base("ls", "Lists apps.", "tepui app ls", "tepui app ls --label 'tier==web,colour in (blue,green)'", "tepui app ls --output json | jq '.[].id'")
    {
        Options.Add(_label);
        Options.Add(_id);
        Options.Add(_cmd);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var filters = new[] { ("label", invocation.Parsed.GetValue(_label)), ("id", invocation.Parsed.GetValue(_id)), ("cmd", invocation.Parsed.GetValue(_cmd)) }
            .Where(filter => filter.Item2 is not null)
            .Select(filter => $"{filter.Item1}={Uri.EscapeDataString(filter.Item2!)}");
        var answer = await invocation.Client.GetAsync($"/v2/apps?{string.Join('&', filters)}".TrimEnd('?'), cancel);
        var apps = answer.Items("apps").OrderBy(app => app.Text("id"), StringComparer.Ordinal).ToList();
        if (invocation.IsJson)
        {
            JsonOutput.Write(new JsonArray([.. apps.Select(app => app.DeepClone())]));
            return ExitCode.Ok;
        }

        var table = new Table("ID", "RUNNING", "HEALTH", "CPUS", "MEM (MB)", "STATE");
        foreach (var app in apps)
        {
            table.Add(
                app.Text("id") ?? "", $"{app.Count("tasksRunning")}/{app.Count("instances")}", AppText.Health(app),
                Fields.Plain(app.Number("cpus") ?? 0), Fields.Plain(app.Number("mem") ?? 0), AppText.State(app));
        }

        table.WriteTo(Console.Out);
        return ExitCode.Ok;
    }
}
