using System.CommandLine;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Deployments;

/// <summary><c>tepui deployment pause</c>, <c>resume</c> and <c>promote</c></summary>
internal sealed class DeploymentSteerCommand : ServicesClientCommand
{
    private readonly Argument<string?> _id = DeploymentArguments.Id();

    private DeploymentSteerCommand(string name, string description)
        : base(name, description, $"tepui deployment {name} 2f1c", $"tepui deployment {name} web") => Arguments.Add(_id);

    /// <summary><c>pause</c></summary>
    public static DeploymentSteerCommand Pause() => new("pause", "Stops a deployment where it is, for now: nothing more is started or killed for it.");

    /// <summary><c>resume</c></summary>
    public static DeploymentSteerCommand Resume() => new("resume", "Lets a paused deployment go on.");

    /// <summary><c>promote</c></summary>
    public static DeploymentSteerCommand Promote() => new("promote", "Lets a canary or blue-green deployment that waits for promotion go on to all instances.");

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var found = await DeploymentLookup.FindAsync(invocation.Client, invocation.Parsed.GetValue(_id), cancel);
        var answer = await invocation.Client.SendAsync(HttpMethod.Post, ServicesPaths.Deployment(found.Id, $"/{Name}"), null, cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(answer.Body);
        }
        else
        {
            Console.Out.WriteLine($"deployment {found.Id} {answer.Body.Text("state") ?? $"{Name}d"}");
        }

        return ExitCode.Ok;
    }
}
