using System.CommandLine;
using Tepui.Terminal;
using WireTask = Tepui.Protocol.V1.Task;

namespace Tepui.Commands;

/// <summary><c>tepui task ls</c></summary>
internal sealed class TaskListCommand : ClientCommand
{
    private readonly Option<bool> _all = new("--all", "-a") { Arity = ArgumentArity.Zero, Description = "Ended tasks too" };
    private readonly Option<string?> _framework = new("--framework") { Description = "Only tasks of this framework", HelpName = "ID" };

    public TaskListCommand()
        : base("ls", "Lists tasks.", "tepui task ls", "tepui task ls --all", "tepui task ls --all --output json | jq '.[] | select(.state == \"failed\")'")
    {
        Options.Add(_all);
        Options.Add(_framework);
    }

    private sealed record Row(
        string Id, string Name, string State, string FrameworkId, string AgentId, double Cpus, double MemMb, DateTimeOffset? Since, string? Message);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken cancel)
    {
        var answer = await invocation.Client.GetTasksAsync(cancel);
        var framework = invocation.Parsed.GetValue(_framework);
        IEnumerable<WireTask> tasks = answer.Tasks.Concat(answer.UnreachableTasks);
        if (invocation.Parsed.GetValue(_all))
        {
            tasks = answer.CompletedTasks.Concat(tasks);
        }

        var rows = tasks.Where(task => framework is null || task.FrameworkId.Value == framework).Select(ToRow).OrderBy(row => row.Since).ToList();
        if (invocation.Output == OutputFormat.Json)
        {
            JsonOutput.Write(rows);
            return ExitCode.Ok;
        }

        var table = new Table("ID", "NAME", "STATE", "AGENT", "CPUS", "MEM (MB)", "SINCE", "MESSAGE");
        foreach (var row in rows)
        {
            table.Add(
                row.Id, row.Name, row.State, row.AgentId, row.Cpus.ToString("0.###"), row.MemMb.ToString("0.###"),
                Text.Age(row.Since, TimeProvider.System.GetUtcNow()), row.Message ?? "");
        }

        table.WriteTo(Console.Out);
        return ExitCode.Ok;
    }

    private static Row ToRow(WireTask task)
    {
        var last = task.Statuses.Count == 0 ? null : task.Statuses[^1];
        return new(
            task.TaskId.Value, task.Name, Text.Of(task.State), task.FrameworkId.Value, task.AgentId.Value,
            task.Resources.Where(resource => resource.Name == "cpus").Sum(resource => resource.Scalar.Value),
            task.Resources.Where(resource => resource.Name == "mem").Sum(resource => resource.Scalar.Value),
            last is { HasTimestamp: true } ? Text.Time(last.Timestamp) : null,
            last is { HasMessage: true, Message.Length: > 0 } ? last.Message : null);
    }
}
