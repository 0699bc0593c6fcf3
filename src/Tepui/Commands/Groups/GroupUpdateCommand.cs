using System.CommandLine;
using Tepui.Deploying;
using Tepui.Documents;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Groups;

/// <summary><c>tepui group update</c></summary>
internal sealed class GroupUpdateCommand : DeployingCommand
{
    private readonly Argument<string> _id = GroupArguments.Id();
    private readonly Option<string> _file = new("--file", "-f") { Description = "The group, as JSON or YAML: lists of apps and groups that it has replace the present ones; - is stdin", HelpName = "FILE", Required = true };

    public GroupUpdateCommand()
        : base("update", "Changes a group of apps in one deployment. Apps missing in a list that is given are removed; 'tepui apply --plan' shows that first.", "tepui group update shop -f shop.yaml")
    {
        Arguments.Add(_id);
        Options.Add(_file);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel) =>
        await DeployAsync(
            invocation, HttpMethod.Put, ServicesPaths.Group(invocation.Parsed.GetRequiredValue(_id)), await DocumentFiles.ReadOneAsync(invocation.Parsed.GetRequiredValue(_file), cancel), cancel);
}
