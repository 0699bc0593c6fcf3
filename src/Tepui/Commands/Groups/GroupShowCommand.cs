using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Groups;

/// <summary><c>tepui group show</c></summary>
internal sealed class GroupShowCommand : ServicesClientCommand
{
    private readonly Argument<string> _id = GroupArguments.Id();

    public GroupShowCommand()
        : base("show", "Shows the apps and pods in a group and below it.", "tepui group show shop", "tepui group show / --output json") => Arguments.Add(_id);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var id = ServicesPaths.AbsoluteGroup(invocation.Parsed.GetRequiredValue(_id));
        var group = await invocation.Client.FindAsync(ServicesPaths.Group(id), cancel)
            ?? throw new CommandFailure(ExitCode.NotFound, $"no group has the id {id}; 'tepui group ls' lists those there are");
        if (invocation.IsJson)
        {
            JsonOutput.Write(group);
            return ExitCode.Ok;
        }

        Console.Out.WriteLine($"{group.Text("id")}  version {group.Text("version")}");
        var table = new Table("KIND", "ID", "INSTANCES", "CPUS", "MEM (MB)", "DEPENDS ON");
        foreach (var app in GroupTree.Apps(group))
        {
            table.Add(
                "app", app.Text("id") ?? "", $"{app.Count("instances")}", Fields.Plain(app.Number("cpus") ?? 0), Fields.Plain(app.Number("mem") ?? 0),
                string.Join(',', app.Texts("dependencies")) is { Length: > 0 } others ? others : "-");
        }

        foreach (var pod in GroupTree.Pods(group))
        {
            table.Add("pod", pod.Text("id") ?? "", $"{pod.Number("scaling", "instances") ?? 1}", Sum(pod, "cpus"), Sum(pod, "mem"), "-");
        }

        table.WriteTo(Console.Out);
        return ExitCode.Ok;
    }

    private static string Sum(JsonNode pod, string resource) => Fields.Plain(pod.Items("containers").Sum(container => container.Number("resources", resource) ?? 0));
}
