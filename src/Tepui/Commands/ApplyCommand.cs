using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Applying;
using Tepui.Deploying;
using Tepui.Documents;
using Tepui.Jobs;
using Tepui.Terminal;

namespace Tepui.Commands;

/// <summary><c>tepui apply</c></summary>
internal sealed class ApplyCommand : DeployingCommand
{
    private readonly Option<string[]> _files = new("--file", "-f")
    {
        Description = "Apps, pods, groups and jobs as JSON or YAML, one document or several; a directory stands for its .json, .yaml and .yml files; - is stdin; may be given again",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<bool> _plan = new("--plan") { Arity = ArgumentArity.Zero, Description = "Only show what would change, and where instances would go" };
    private readonly Option<bool> _yes = new("--yes", "-y") { Arity = ArgumentArity.Zero, Description = "Do not ask before doing it" };
    private readonly Option<string> _jobs = CommonOptions.Address(RestServer.Jobs);

    public ApplyCommand()
        : base(
            "apply",
            "Makes apps, pods, groups and jobs be as files say: shows what would change, asks, does it and waits. An app that does not say how many instances it wants keeps the present number. Lists of apps, groups and pods in a group are complete: what is missing there is removed. A job whose schedule is written as before goes on with it.",
            "tepui apply -f stack.yaml --plan",
            "tepui apply -f stack.yaml -f web.json --yes",
            "tepui apply -f stack.yaml --plan --output json | jq '.changes | length'")
    {
        Options.Add(_jobs);
        Options.Add(_files);
        Options.Add(_plan);
        Options.Add(_yes);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(ServicesInvocation invocation, CancellationToken cancel)
    {
        var files = invocation.Parsed.GetRequiredValue(_files);
        var stack = StackReader.Read(await DocumentFiles.ReadAsync(files, cancel));
        using var client = new JobsClient(RestServer.Jobs.Parse(invocation.Parsed.GetValue(_jobs)!));
        var jobs = stack.Jobs.Count == 0 ? JobsWork.None : await WithJobsAsync(invocation, () => JobsWork.PrepareAsync(client, stack.Jobs, cancel));
        var work = stack.HasServices ? await StackWork.PrepareAsync(invocation.Client, stack, cancel) : null;
        var plan = (work?.Plan ?? Plan.Empty).With(jobs.Changes);
        if (invocation.Parsed.GetValue(_plan))
        {
            Print(invocation, plan);
            return ExitCode.Ok;
        }

        if (plan.IsEmpty)
        {
            await Console.Error.WriteLineAsync("nothing to change");
            return invocation.IsJson ? await EndAsync(invocation, work is null, [], [], cancel) : ExitCode.Ok;
        }

        if (!invocation.IsJson)
        {
            PlanText.Write(plan, Console.Out);
        }

        if (!invocation.Parsed.GetValue(_yes))
        {
            await Confirmation.AskAsync(files.Contains("-", StringComparer.Ordinal), "Give --yes to do it, or --plan to only look.", cancel);
        }

        var deployments = work is null ? [] : await work.DoAsync(invocation.Client, path => WithForce(invocation, path), cancel);
        var applied = await WithJobsAsync(invocation, () => jobs.DoAsync(client, job => (job.Problem is null && !invocation.IsJson ? Console.Out : Console.Error).WriteLine(job.Text), cancel));
        return await EndAsync(invocation, work is null, deployments, applied, cancel);
    }

    /// <summary>Waits for deployments.</summary>
    private async Task<int> EndAsync(ServicesInvocation invocation, bool isJobsOnly, IReadOnlyList<string> deployments, IReadOnlyList<JobApplied> applied, CancellationToken cancel)
    {
        var jobs = applied.All(job => job.Problem is null) ? ExitCode.Ok : ExitCode.Failure;
        if (isJobsOnly)
        {
            if (invocation.IsJson)
            {
                JsonOutput.Write<JsonNode>(new JsonObject { ["jobs"] = new JsonArray([.. applied.Select(job => job.ToJson())]) });
            }

            return jobs;
        }

        var ended = await EndAsync(invocation, deployments, cancel);
        return ended == ExitCode.Ok ? jobs : ended;
    }

    /// <summary>Failures of what jobs are asked are told as theirs: all else this command asks are services.</summary>
    private async Task<T> WithJobsAsync<T>(ServicesInvocation invocation, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (HttpRequestException problem)
        {
            throw new CommandFailure(ExitCode.Unreachable, RestServer.Jobs.Unreachable(invocation.Parsed.GetValue(_jobs)!, problem));
        }
        catch (RefusedException refused)
        {
            throw new CommandFailure(ExitCode.Failure, JobsRefusalText.Of(refused));
        }
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
