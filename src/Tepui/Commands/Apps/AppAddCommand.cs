using System.CommandLine;
using Tepui.Deploying;
using Tepui.Documents;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary><c>tepui app add</c></summary>
internal sealed class AppAddCommand : DeployingCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The app as JSON or YAML; - is stdin" };

    public AppAddCommand()
        : base(
            "add",
            "Adds an app and waits until its instances run. An app of that id must not exist yet; 'tepui apply' does both.",
            "tepui app add web.json",
            "tepui app add web.yaml --no-wait",
            "echo '{\"id\": \"/tick\", \"cmd\": \"while sleep 1; do date; done\", \"cpus\": 0.1, \"mem\": 32}' | tepui app add -") => Arguments.Add(_file);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel) =>
        await DeployAsync(invocation, HttpMethod.Post, "/v2/apps", await DocumentFiles.ReadOneAsync(invocation.Parsed.GetRequiredValue(_file), cancel), cancel);
}
