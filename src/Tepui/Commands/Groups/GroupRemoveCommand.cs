using System.CommandLine;
using Tepui.Deploying;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Groups;

/// <summary><c>tepui group rm</c></summary>
internal sealed class GroupRemoveCommand : DeployingCommand
{
    private readonly Argument<string> _id = GroupArguments.Id();
    private readonly Option<bool> _yes = new("--yes", "-y") { Arity = ArgumentArity.Zero, Description = "Mean it, when the group is / with everything in it" };

    public GroupRemoveCommand()
        : base("rm", "Stops and removes all apps and pods in a group and below it.", "tepui group rm shop")
    {
        Arguments.Add(_id);
        Options.Add(_yes);
    }

    /// <inheritdoc/>
    protected override Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var id = ServicesPaths.AbsoluteGroup(invocation.Parsed.GetRequiredValue(_id));
        return id != "/" || invocation.Parsed.GetValue(_yes)
            ? DeployAsync(invocation, HttpMethod.Delete, ServicesPaths.Group(id), null, cancel)
            : throw new CommandFailure(ExitCode.Usage, "this stops and removes every app and pod; give --yes if you mean it");
    }
}
