using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary><c>tepui app tasks</c></summary>
internal sealed class AppTasksCommand : ServicesClientCommand
{
    private readonly Argument<string> _id = AppArguments.Id();

    public AppTasksCommand()
        : base("tasks", "Lists the instances of an app.", "tepui app tasks web", "tepui app tasks web --output json | jq -r '.[].host'") => Arguments.Add(_id);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var answer = await invocation.Client.GetAsync(ServicesPaths.App(invocation.Parsed.GetRequiredValue(_id), "/tasks"), cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(new JsonArray([.. answer.Items("tasks").Select(task => task.DeepClone())]));
        }
        else
        {
            TaskTable.Write(Console.Out, answer.Items("tasks"));
        }

        return ExitCode.Ok;
    }
}
