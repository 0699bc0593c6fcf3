using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Jobs;
using Tepui.Terminal;

namespace Tepui.Commands.Jobs;

/// <summary><c>tepui job log</c></summary>
internal sealed class JobLogCommand : JobsClientCommand
{
    private const int RunsSearched = 100;

    private readonly Argument<string> _name = JobArguments.Name();
    private readonly Argument<long?> _run = JobArguments.Run("the last that was launched");
    private readonly Option<int?> _attempt = new("--attempt") { Description = "Number of the attempt, 1 is the first (default: the last)", HelpName = "N" };
    private readonly Option<bool> _follow = new("--follow", "-f") { Arity = ArgumentArity.Zero, Description = "Go on until the attempt has ended" };
    private readonly Option<int> _lines = new("--lines", "-n") { Description = "How many of its last lines; 0 for all", HelpName = "N", DefaultValueFactory = _ => 0 };
    private readonly Option<bool> _stderr = new("--stderr") { Arity = ArgumentArity.Zero, Description = "What it wrote to stderr instead of stdout" };
    private readonly Option<string?> _file = new("--file") { Description = "Another file of the sandbox", HelpName = "PATH" };
    private readonly Option<string?> _master = new("--master") { Description = "Master that knows the agents (environment: TEPUI_MASTER; default: the one the jobs use)", HelpName = "HOST:PORT" };

    public JobLogCommand()
        : base("log", "Prints what a run of a job wrote.", "tepui job log nightly", "tepui job log -f nightly", "tepui job log nightly 12 --stderr --attempt 1")
    {
        Arguments.Add(_name);
        Arguments.Add(_run);
        foreach (var option in new Option[] { _attempt, _follow, _lines, _stderr, _file, _master })
        {
            Options.Add(option);
        }
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(JobsInvocation invocation, CancellationToken cancel)
    {
        var parsed = invocation.Parsed;
        if (parsed.GetValue(_lines) < 0)
        {
            throw new CommandFailure(ExitCode.Usage, $"--lines is {parsed.GetValue(_lines)}; it must be 0 or more");
        }

        var name = parsed.GetRequiredValue(_name);
        var run = await FindRunAsync(invocation.Client, name, parsed.GetValue(_run), cancel);
        var attempt = ChooseAttempt(run, parsed.GetValue(_attempt));
        var id = attempt.Text("taskId") ?? throw new CommandFailure(ExitCode.Failure, $"the jobs do not say which task run {Number(run)} of {name} is");
        var master = MasterOfTasks.Choose(parsed.GetValue(_master), (await invocation.Client.FindAsync(JobsPaths.Info, cancel)).Text("master"), "the jobs do");
        if (!invocation.IsJson)
        {
            await Console.Error.WriteLineAsync($"run {Number(run)} of {name}, attempt {RunText.Attempt(attempt)}, task {id}");
        }

        await MasterOfTasks.CopyAsync(master, id, null, parsed.GetValue(_file) ?? (parsed.GetValue(_stderr) ? "stderr" : "stdout"), invocation.Output, parsed.GetValue(_follow), parsed.GetValue(_lines), cancel);
        return ExitCode.Ok;
    }

    /// <summary>The attempt that is meant: the last unless one was asked for.</summary>
    internal static JsonNode ChooseAttempt(JsonNode run, int? number)
    {
        var attempts = run.Items("attempts").ToList();
        if (attempts.Count == 0)
        {
            throw new CommandFailure(ExitCode.NotFound, $"run {Number(run)} of {run.Text("job")} was not launched: it is {RunText.State(run)}");
        }

        return number is null
            ? attempts[^1]
            : attempts.LastOrDefault(attempt => RunText.Attempt(attempt) == number)
                ?? throw new CommandFailure(ExitCode.NotFound, $"run {Number(run)} of {run.Text("job")} has no attempt {number}; it has {string.Join(", ", attempts.Select(RunText.Attempt).Distinct())}");
    }

    private static string Number(JsonNode run) => Fields.Plain(run.Number("run") ?? 0);

    private static async Task<JsonNode> FindRunAsync(JobsClient client, string name, long? number, CancellationToken cancel)
    {
        if (number is { } wanted)
        {
            return await JobLookup.RunAsync(client, name, wanted, cancel);
        }

        var runs = await JobLookup.RunsAsync(client, name, RunsSearched, cancel);
        return runs.FirstOrDefault(run => run.Items("attempts").Any())
            ?? throw new CommandFailure(ExitCode.NotFound, $"{name} has no run that was launched; 'tepui job explain {name}' says why it waits");
    }
}
