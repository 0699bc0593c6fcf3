using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Deploying;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Groups;

/// <summary><c>tepui group scale</c></summary>
internal sealed class GroupScaleCommand : DeployingCommand
{
    private readonly Argument<string> _id = GroupArguments.Id();
    private readonly Argument<double> _factor = new("FACTOR") { Description = "What the number of instances of every app is multiplied by; rounded up" };

    public GroupScaleCommand()
        : base("scale", "Scales all apps in a group and below it by a factor.", "tepui group scale shop 2", "tepui group scale shop 0.5")
    {
        Arguments.Add(_id);
        Arguments.Add(_factor);
    }

    /// <inheritdoc/>
    protected override Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var factor = invocation.Parsed.GetRequiredValue(_factor);
        return double.IsFinite(factor) && factor >= 0
            ? DeployAsync(invocation, HttpMethod.Put, ServicesPaths.Group(invocation.Parsed.GetRequiredValue(_id)), new JsonObject { ["scaleBy"] = factor }, cancel)
            : throw new CommandFailure(ExitCode.Usage, $"FACTOR is {factor}; it must be 0 or more");
    }
}
