using System.CommandLine;
using Tepui.Deploying;
using Tepui.Documents;
using Tepui.Terminal;

namespace Tepui.Commands.Groups;

/// <summary><c>tepui group add</c></summary>
internal sealed class GroupAddCommand : DeployingCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The group with its apps and groups, as JSON or YAML; - is stdin" };

    public GroupAddCommand()
        : base("add", "Adds a group of apps in one deployment.", "tepui group add shop.json", "tepui group add shop.yaml --no-wait") => Arguments.Add(_file);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel) =>
        await DeployAsync(invocation, HttpMethod.Post, "/v2/groups", await DocumentFiles.ReadOneAsync(invocation.Parsed.GetRequiredValue(_file), cancel), cancel);
}
