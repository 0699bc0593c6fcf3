using System.CommandLine;
using System.Text;
using Tepui.Terminal;

namespace Tepui.Commands;

/// <summary><c>tepui task log</c></summary>
internal sealed class TaskLogCommand : ClientCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The task's id, or the start of it" };
    private readonly Option<bool> _follow = new("--follow", "-f") { Arity = ArgumentArity.Zero, Description = "Go on until the task has ended" };
    private readonly Option<int> _lines = new("--lines", "-n") { Description = "How many of its last lines; 0 for all", HelpName = "N", DefaultValueFactory = _ => 0 };
    private readonly Option<bool> _stderr = new("--stderr") { Arity = ArgumentArity.Zero, Description = "What it wrote to stderr instead of stdout" };
    private readonly Option<string?> _file = new("--file") { Description = "Another file of the sandbox", HelpName = "PATH" };
    private readonly Option<string?> _framework = new("--framework") { Description = "Framework of the task, where several use the id", HelpName = "ID" };

    public TaskLogCommand()
        : base("log", "Prints what a task wrote.", "tepui task log hello.1", "tepui task log -f hello.1", "tepui task log --stderr --lines 20 hello.1")
    {
        Arguments.Add(_id);
        Options.Add(_follow);
        Options.Add(_lines);
        Options.Add(_stderr);
        Options.Add(_file);
        Options.Add(_framework);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken cancel)
    {
        var parsed = invocation.Parsed;
        var lines = parsed.GetValue(_lines);
        if (lines < 0)
        {
            throw new CommandFailure(ExitCode.Usage, $"--lines is {lines}; it must be 0 or more");
        }

        var task = await TaskLookup.FindAsync(invocation.Client, parsed.GetRequiredValue(_id), parsed.GetValue(_framework), cancel);
        var name = parsed.GetValue(_file) ?? (parsed.GetValue(_stderr) ? "stderr" : "stdout");
        var log = new TaskLog(invocation.Client, task, name);
        if (invocation.Output != OutputFormat.Json)
        {
            await using var output = Console.OpenStandardOutput();
            await log.CopyAsync(output, parsed.GetValue(_follow), lines, cancel);
            return ExitCode.Ok;
        }

        using var text = new MemoryStream();
        await log.CopyAsync(text, parsed.GetValue(_follow), lines, cancel);
        JsonOutput.Write(new { TaskId = task.TaskId.Value, File = log.Path, Data = Encoding.UTF8.GetString(text.ToArray()) });
        return ExitCode.Ok;
    }
}
