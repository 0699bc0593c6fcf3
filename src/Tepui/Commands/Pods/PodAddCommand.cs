using System.CommandLine;
using Tepui.Deploying;
using Tepui.Documents;
using Tepui.Terminal;

namespace Tepui.Commands.Pods;

/// <summary><c>tepui pod add</c></summary>
internal sealed class PodAddCommand : DeployingCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The pod as JSON or YAML; - is stdin" };

    public PodAddCommand()
        : base("add", "Adds a pod and waits until its instances run.", "tepui pod add pod.json", "tepui pod add pod.yaml --no-wait") => Arguments.Add(_file);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel) =>
        await DeployAsync(invocation, HttpMethod.Post, "/v2/pods", await DocumentFiles.ReadOneAsync(invocation.Parsed.GetRequiredValue(_file), cancel), cancel);
}
