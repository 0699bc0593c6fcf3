using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Queue;

/// <summary><c>tepui queue reset</c></summary>
internal sealed class QueueResetCommand : ServicesClientCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The app or pod" };

    public QueueResetCommand()
        : base("reset", "Ends the delay before the next launch of an app that keeps failing: it is tried at once.", "tepui queue reset web") => Arguments.Add(_id);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var id = ServicesPaths.Absolute(invocation.Parsed.GetRequiredValue(_id));
        await invocation.Client.SendAsync(HttpMethod.Delete, $"/v2/queue{ServicesPaths.App(id)["/v2/apps".Length..]}/delay", null, cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(new JsonObject { ["id"] = id });
        }
        else
        {
            Console.Out.WriteLine($"{id} is launched without delay");
        }

        return ExitCode.Ok;
    }
}
