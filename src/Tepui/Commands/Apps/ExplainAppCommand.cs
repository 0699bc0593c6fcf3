using System.CommandLine;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary><c>tepui explain app</c></summary>
internal sealed class ExplainAppCommand : ServicesClientCommand
{
    private readonly Argument<string> _id = AppArguments.Id();

    public ExplainAppCommand()
        : base("app", "Says why instances of an app wait: what it asks for, what the agents offered, and what came nearest.", "tepui explain app web") => Arguments.Add(_id);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var id = ServicesPaths.Absolute(invocation.Parsed.GetRequiredValue(_id));
        var answer = await invocation.Client.GetAsync($"/v2/explain{ServicesPaths.App(id)["/v2/apps".Length..]}", cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(answer);
        }
        else
        {
            ExplainText.Write(answer, Console.Out);
        }

        return ExitCode.Ok;
    }
}
