using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Documents;
using Tepui.Jobs;
using Tepui.Terminal;

namespace Tepui.Commands.Jobs;

/// <summary><c>tepui job add</c></summary>
internal sealed class JobAddCommand : JobsClientCommand
{
    private readonly Argument<string[]> _words = new("WORD")
    {
        Description = "Without --name: files with jobs as JSON or YAML, one or many each; - is stdin. With --name: the command; one word is a line for the shell, several are a program and its arguments",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly JobOptions _job = new();
    private readonly Option<bool> _dryRun = new("--dry-run") { Arity = ArgumentArity.Zero, Description = "Only show the jobs and when they would run" };
    private readonly Option<bool> _force = new("--force") { Arity = ArgumentArity.Zero, Description = "Take parents that do not exist yet: the job waits for them" };

    public JobAddCommand()
        : base(
            "add",
            "Adds jobs, or replaces those of the same name, which keep their counters and runs. Says when they run next.",
            "tepui job add nightly.json",
            "tepui job add jobs.yaml more.json --dry-run",
            "tepui job add --name tick --schedule 'R/2026-12-01T00:00:00Z/PT2M' --cpus 0.1 --mem 32 'date'",
            "tepui job add --name report --cron '0 8 * * *' --zone Europe/Berlin --retries 3 './report --all'",
            "tepui job add --name after --parents tick,report 'echo both done'")
    {
        Arguments.Add(_words);
        foreach (var option in _job.All.Append(_dryRun).Append(_force))
        {
            Options.Add(option);
        }
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(JobsInvocation invocation, CancellationToken cancel)
    {
        var jobs = await ReadAsync(invocation.Parsed, cancel);
        var work = new JobAdding(invocation.Client, isStrict: !invocation.Parsed.GetValue(_force));
        var results = invocation.Parsed.GetValue(_dryRun) ? await work.PreviewAsync(jobs, cancel) : await work.AddAsync(jobs, cancel);
        if (invocation.IsJson)
        {
            JsonOutput.Write(new JsonArray([.. results.Select(result => result.ToJson())]));
        }
        else
        {
            foreach (var result in results.Where(result => result.Problem is null))
            {
                result.WriteTo(Console.Out);
            }
        }

        foreach (var refused in results.Where(result => result.Problem is not null))
        {
            await Console.Error.WriteLineAsync($"tepui: {(refused.Job.Origin is { } origin ? $"{origin}: " : "")}job {refused.Job.Name}: {refused.Problem}");
        }

        return results.All(result => result.Problem is null) ? ExitCode.Ok : ExitCode.Failure;
    }

    private async Task<IReadOnlyList<JobDocument>> ReadAsync(ParseResult parsed, CancellationToken cancel)
    {
        var words = parsed.GetValue(_words) ?? [];
        if (_job.Name(parsed) is { } name)
        {
            return name.Length > 0 ? [new(name, _job.ToDocument(parsed, words), null)] : throw new CommandFailure(ExitCode.Usage, "--name is empty; a job needs one");
        }

        var given = _job.Given(parsed).ToList();
        if (given.Count > 0)
        {
            throw new CommandFailure(ExitCode.Usage, $"{string.Join(", ", given)}: options describe a job only together with --name; without it the words are files");
        }

        if (words.Length == 0)
        {
            throw new CommandFailure(ExitCode.Usage, "nothing to add: name files, - for stdin, or give --name and a command");
        }

        var jobs = JobReader.Read(await DocumentFiles.ReadAsync(words, cancel));
        return jobs.Count > 0 ? jobs : throw new CommandFailure(ExitCode.Usage, $"{string.Join(", ", words)} {(words.Length == 1 ? "holds" : "hold")} no job");
    }
}
