using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Jobs;
using Tepui.Terminal;

namespace Tepui.Commands.Jobs;

/// <summary><c>tepui job run</c></summary>
internal sealed class JobRunCommand : JobsClientCommand
{
    private readonly Argument<string> _name = JobArguments.Name();
    private readonly Option<string?> _arguments = new("--args") { Description = "Arguments in place of the job's", HelpName = "TEXT" };
    private readonly Option<string[]> _env = new("--env", "-e") { Description = "Environment variable of this run, beside the job's", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };
    private readonly Option<bool> _wait = new("--wait") { Arity = ArgumentArity.Zero, Description = "Wait for the end of the run, with progress; fail if it fails" };

    public JobRunCommand()
        : base("run", "Runs a job now, whatever its schedule, and prints the number of the run. That of a disabled job is not launched: the command fails and says so.", "tepui job run nightly", "tepui job run nightly --args '--quick' --env DEPTH=3 --wait")
    {
        Arguments.Add(_name);
        Options.Add(_arguments);
        Options.Add(_env);
        Options.Add(_wait);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(JobsInvocation invocation, CancellationToken cancel)
    {
        var name = invocation.Parsed.GetRequiredValue(_name);
        var body = ReadBody(invocation.Parsed);
        var answer = await JobLookup.AskAsync(invocation.Client, name, () => invocation.Client.SendAsync(HttpMethod.Post, JobsPaths.Job(name, "/run"), body, cancel), cancel);
        var number = (long)(answer.Body.Number("run") ?? throw new CommandFailure(ExitCode.Failure, "the jobs do not say which run they started"));
        if (answer.Warning() is { } warning)
        {
            Print(invocation, answer.Body, text: null);
            throw new CommandFailure(ExitCode.Failure, warning);
        }

        if (invocation.Parsed.GetValue(_wait))
        {
            return await WaitAsync(invocation, name, number, cancel);
        }

        Print(invocation, answer.Body, $"run {number} of {name}");
        return ExitCode.Ok;
    }

    private static void Print(JobsInvocation invocation, JsonNode? answer, string? text)
    {
        if (invocation.IsJson)
        {
            JsonOutput.Write(answer);
        }
        else if (text is not null)
        {
            Console.Out.WriteLine(text);
        }
    }

    private static async Task<int> WaitAsync(JobsInvocation invocation, string name, long number, CancellationToken cancel)
    {
        JsonNode run;
        try
        {
            run = await new RunFollower(invocation.Client, name, number, TimeProvider.System).EndAsync(line => Console.Error.WriteLine($"{name}: {line}"), cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"tepui: no longer waiting; run {number} of {name} goes on. 'tepui job runs {name}' shows it, 'tepui job kill {name} {number}' ends it.");
            return ExitCode.Interrupted;
        }

        var isSuccess = RunText.IsSuccess(run);
        if (invocation.IsJson)
        {
            JsonOutput.Write(run);
        }

        var text = $"{name}: {RunText.Sentence(run, TimeProvider.System.GetUtcNow())}";
        if (isSuccess)
        {
            await (invocation.IsJson ? Console.Error : Console.Out).WriteLineAsync(text);
        }
        else
        {
            await Console.Error.WriteLineAsync($"tepui: {text}");
            await Console.Error.WriteLineAsync($"See 'tepui job log {name} {number} --stderr'.");
        }

        return isSuccess ? ExitCode.Ok : ExitCode.Failure;
    }

    private JsonObject ReadBody(ParseResult parsed)
    {
        var problems = new List<string>();
        var body = new JsonObject();
        if (parsed.GetValue(_arguments) is { } arguments)
        {
            body["arguments"] = arguments;
        }

        if (JobOptions.Variables(parsed.GetValue(_env)!, problems) is { Count: > 0 } variables)
        {
            body["environmentVariables"] = variables;
        }

        return problems.Count == 0 ? body : throw new CommandFailure(ExitCode.Usage, string.Join("\ntepui: ", problems));
    }
}
