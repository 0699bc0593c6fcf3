using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Applying;
using Tepui.Deploying;
using Tepui.Documents;
using Tepui.Terminal;

namespace Tepui.Commands;

/// <summary><c>tepui apply</c></summary>
internal sealed class ApplyCommand : DeployingCommand
{
    private readonly Option<string[]> _files = new("--file", "-f")
    {
        Description = "Apps, pods and groups as JSON or YAML, one document or several; a directory stands for its .json, .yaml and .yml files; - is stdin; may be given again",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<bool> _plan = new("--plan") { Arity = ArgumentArity.Zero, Description = "Only show what would change, and where instances would go" };
    private readonly Option<bool> _yes = new("--yes", "-y") { Arity = ArgumentArity.Zero, Description = "Do not ask before doing it" };

    public ApplyCommand()
        : base(
            "apply",
            "Makes apps, pods and groups be as files say: shows what would change, asks, does it and waits. An app that does not say how many instances it wants keeps the present number. Lists of apps, groups and pods in a group are complete: what is missing there is removed.",
            "tepui apply -f stack.yaml --plan",
            "tepui apply -f stack.yaml -f web.json --yes",
            "tepui apply -f stack.yaml --plan --output json | jq '.changes | length'")
    {
        Options.Add(_files);
        Options.Add(_plan);
        Options.Add(_yes);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var files = invocation.Parsed.GetRequiredValue(_files);
        var stack = StackReader.Read(await DocumentFiles.ReadAsync(files, cancel));
        var work = await StackWork.PrepareAsync(invocation.Client, stack, cancel);
        if (invocation.Parsed.GetValue(_plan))
        {
            Print(invocation, work.Plan);
            return ExitCode.Ok;
        }

        if (work.Plan.IsEmpty)
        {
            await Console.Error.WriteLineAsync("nothing to change");
            return invocation.IsJson ? await EndAsync(invocation, [], cancel) : ExitCode.Ok;
        }

        if (!invocation.IsJson)
        {
            PlanText.Write(work.Plan, Console.Out);
        }

        if (!invocation.Parsed.GetValue(_yes))
        {
            await Confirmation.AskAsync(files.Contains("-", StringComparer.Ordinal), "Give --yes to do it, or --plan to only look.", cancel);
        }

        return await EndAsync(invocation, await work.DoAsync(invocation.Client, path => WithForce(invocation, path), cancel), cancel);
    }

    private static void Print(ServicesInvocation invocation, Plan plan)
    {
        if (invocation.IsJson)
        {
            JsonOutput.Write<JsonNode>(plan.ToJson());
        }
        else if (plan.IsEmpty)
        {
            Console.Out.WriteLine("nothing to change");
        }
        else
        {
            PlanText.Write(plan, Console.Out);
        }
    }
}
