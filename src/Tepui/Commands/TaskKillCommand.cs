using System.CommandLine;
using Tepui.Protocol.V1;
using Tepui.Terminal;

namespace Tepui.Commands;

/// <summary><c>tepui task kill</c></summary>
internal sealed class TaskKillCommand : ClientCommand
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly Argument<string[]> _ids = new("ID") { Description = "Ids of tasks, or the starts of them", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _framework = new("--framework") { Description = "Framework of the tasks, where several use an id", HelpName = "ID" };
    private readonly Option<int> _wait = new("--wait")
    {
        Description = "Seconds to wait for the end of the tasks; 0 does not wait",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 30,
    };

    public TaskKillCommand()
        : base(
            "kill",
            "Kills tasks: SIGTERM, then SIGKILL after the grace period of the task's kill policy (3 s unless set). The framework sees TASK_KILLED and may start another.",
            "tepui task kill hello.1",
            "tepui task kill --wait 0 hello.1 hello.2")
    {
        Arguments.Add(_ids);
        Options.Add(_framework);
        Options.Add(_wait);
    }

    private sealed record Row(string Id, string FrameworkId, string State);

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken cancel)
    {
        var wait = TimeSpan.FromSeconds(invocation.Parsed.GetValue(_wait));
        var tasks = new List<Protocol.V1.Task>();
        foreach (var id in invocation.Parsed.GetRequiredValue(_ids))
        {
            var task = await TaskLookup.FindAsync(invocation.Client, id, invocation.Parsed.GetValue(_framework), cancel);
            if (TaskLookup.IsEnded(task.State))
            {
                throw new CommandFailure(ExitCode.NotFound, $"task {task.TaskId.Value} has ended already ({Text.Of(task.State)})");
            }

            tasks.Add(task);
        }

        foreach (var task in tasks)
        {
            await invocation.Client.KillTaskAsync(task.FrameworkId, task.TaskId, cancel);
        }

        var deadline = TimeProvider.System.GetUtcNow() + wait;
        var rows = new List<Row>();
        foreach (var task in tasks)
        {
            rows.Add(new(task.TaskId.Value, task.FrameworkId.Value, Text.Of(await EndAsync(invocation, task, deadline, cancel))));
        }

        if (invocation.Output == OutputFormat.Json)
        {
            JsonOutput.Write(rows);
        }
        else
        {
            foreach (var row in rows)
            {
                Console.Out.WriteLine($"{row.Id} {row.State}");
            }
        }

        var late = rows.Count(row => row.State is "running" or "killing" or "staging" or "starting");
        return wait > TimeSpan.Zero && late > 0
            ? throw new CommandFailure(ExitCode.Failure, $"{late} of {rows.Count} tasks had not ended after {wait.TotalSeconds:0} s")
            : ExitCode.Ok;
    }

    private static async Task<TaskState> EndAsync(Invocation invocation, Protocol.V1.Task task, DateTimeOffset deadline, CancellationToken cancel)
    {
        while (true)
        {
            var answer = await invocation.Client.GetTasksAsync(cancel);
            var now = answer.Tasks.Concat(answer.UnreachableTasks).Concat(answer.CompletedTasks)
                .LastOrDefault(other => other.TaskId.Equals(task.TaskId) && other.FrameworkId.Equals(task.FrameworkId));
            var state = now?.State ?? TaskState.TaskKilled;
            if (TaskLookup.IsEnded(state) || TimeProvider.System.GetUtcNow() >= deadline)
            {
                return state;
            }

            await System.Threading.Tasks.Task.Delay(Poll, TimeProvider.System, cancel);
        }
    }
}
