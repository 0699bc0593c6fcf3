using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Deploying;

/// <summary>A command that changes what services run, and so may start a deployment: it waits for the end of it unless told otherwise.</summary>
internal abstract class DeployingCommand : ServicesClientCommand
{
    private readonly Option<bool> _force = new("--force") { Arity = ArgumentArity.Zero, Description = "Override deployments that hold what is to change" };
    private readonly Option<bool> _noWait = new("--no-wait") { Arity = ArgumentArity.Zero, Description = "Do not wait for the end of the deployment" };

    /// <summary>A command with its description and examples.</summary>
    protected DeployingCommand(string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        Options.Add(_force);
        Options.Add(_noWait);
    }

    /// <summary>Sends a change and waits for its deployment.</summary>
    /// <param name="invocation">The command.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path; <c>force</c> is added here.</param>
    /// <param name="body">What to send.</param>
    /// <param name="cancel">Set by Ctrl-C.</param>
    protected async Task<int> DeployAsync(ServicesInvocation invocation, HttpMethod method, string path, JsonNode? body, CancellationToken cancel)
    {
        var answer = await invocation.Client.SendAsync(method, WithForce(invocation, path), body, cancel);
        if (answer.DeploymentId() is not { } id)
        {
            WriteAnswer(invocation, answer.Body, "nothing to deploy");
            return ExitCode.Ok;
        }

        return await EndAsync(invocation, [id], cancel);
    }

    /// <summary>Waits for deployments, or names them when nobody wants to wait.</summary>
    protected async Task<int> EndAsync(ServicesInvocation invocation, IReadOnlyList<string> deployments, CancellationToken cancel)
    {
        if (!invocation.Parsed.GetValue(_noWait))
        {
            return await DeploymentWait.RunAsync(invocation, deployments, throughHalts: false, cancel);
        }

        if (invocation.IsJson)
        {
            JsonOutput.Write(new JsonObject { ["deployments"] = new JsonArray([.. deployments.Select(id => new JsonObject { ["id"] = id })]) });
        }
        else
        {
            foreach (var id in deployments)
            {
                Console.Out.WriteLine($"deployment {id}");
            }
        }

        return ExitCode.Ok;
    }

    /// <summary>The path with <c>force=true</c> or <c>false</c>, as the command line says.</summary>
    protected string WithForce(ServicesInvocation invocation, string path) =>
        $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}force={(invocation.Parsed.GetValue(_force) ? "true" : "false")}";

    private static void WriteAnswer(ServicesInvocation invocation, JsonNode? body, string text)
    {
        if (invocation.IsJson)
        {
            JsonOutput.Write(body);
        }
        else
        {
            Console.Out.WriteLine(text);
        }
    }
}
