using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Deploying;
using Tepui.Terminal;

namespace Tepui.Commands.Deployments;

/// <summary><c>tepui deployment watch</c></summary>
internal sealed class DeploymentWatchCommand : ServicesClientCommand
{
    private readonly Argument<string[]> _ids = new("ID") { Description = "Deployments: ids, the starts of them, or apps that they change (default: all under way)", Arity = ArgumentArity.ZeroOrMore };

    public DeploymentWatchCommand()
        : base("watch", "Shows the progress of deployments until they end. Ctrl-C stops the watching, not the deployment.", "tepui deployment watch", "tepui deployment watch 2f1c") => Arguments.Add(_ids);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var words = invocation.Parsed.GetValue(_ids) ?? [];
        var known = await DeploymentLookup.ListAsync(invocation.Client, finished: words.Length > 0, cancel);
        var ids = (words.Length == 0 ? known : words.Select(word => DeploymentLookup.Choose(known, word))).Select(deployment => deployment.Id).Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count > 0)
        {
            return await DeploymentWait.RunAsync(invocation, ids, throughHalts: true, cancel);
        }

        await Console.Error.WriteLineAsync("no deployment is under way");
        if (invocation.IsJson)
        {
            JsonOutput.Write(new JsonArray());
        }

        return ExitCode.Ok;
    }
}
