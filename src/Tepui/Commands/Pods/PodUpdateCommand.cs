using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Deploying;
using Tepui.Documents;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Pods;

/// <summary><c>tepui pod update</c></summary>
internal sealed class PodUpdateCommand : DeployingCommand
{
    private readonly Argument<string> _id = PodArguments.Id();
    private readonly Option<string?> _file = new("--file", "-f") { Description = "The whole new definition, as JSON or YAML; - is stdin", HelpName = "FILE" };
    private readonly Option<int?> _instances = new("--instances", "-n") { Description = "How many instances", HelpName = "N" };

    public PodUpdateCommand()
        : base("update", "Changes a pod: its number of instances, or its whole definition.", "tepui pod update web --instances 3", "tepui pod update web -f pod.yaml")
    {
        Arguments.Add(_id);
        Options.Add(_file);
        Options.Add(_instances);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var id = invocation.Parsed.GetRequiredValue(_id);
        var path = ServicesPaths.Pod(id);
        var file = invocation.Parsed.GetValue(_file);
        var instances = invocation.Parsed.GetValue(_instances);
        if (file is null && instances is null)
        {
            throw new CommandFailure(ExitCode.Usage, "nothing to change: give --instances or -f FILE");
        }

        var pod = await invocation.Client.FindAsync(path, cancel) as JsonObject
            ?? throw new CommandFailure(ExitCode.NotFound, $"no pod has the id {ServicesPaths.Absolute(id)}; 'tepui pod ls' lists those there are");
        if (file is not null)
        {
            pod = await DocumentFiles.ReadOneAsync(file, cancel);
            pod["id"] ??= ServicesPaths.Absolute(id);
        }

        pod.Remove("version");
        if (instances is { } count)
        {
            pod["scaling"] = new JsonObject { ["kind"] = "fixed", ["instances"] = count };
        }

        return await DeployAsync(invocation, HttpMethod.Put, path, pod, cancel);
    }
}
