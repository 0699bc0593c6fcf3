using System.CommandLine;
using System.Text.Json;
using Tepui.Sdk.Operators;
using Tepui.Terminal;
using WireTask = Tepui.Protocol.V1.Task;

namespace Tepui.Commands;

/// <summary><c>tepui task log</c></summary>
internal sealed class TaskLogCommand : ClientCommand
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    private readonly Argument<string> _id = new("ID") { Description = "The task's id, or the start of it" };
    private readonly Option<bool> _follow = new("--follow", "-f") { Arity = ArgumentArity.Zero, Description = "Go on until the task has ended" };
    private readonly Option<bool> _stderr = new("--stderr") { Arity = ArgumentArity.Zero, Description = "What it wrote to stderr instead of stdout" };
    private readonly Option<string?> _file = new("--file") { Description = "Another file of the sandbox", HelpName = "PATH" };
    private readonly Option<string?> _framework = new("--framework") { Description = "Framework of the task, where several use the id", HelpName = "ID" };

    public TaskLogCommand()
        : base("log", "Prints what a task wrote.", "tepui task log hello.1", "tepui task log -f hello.1", "tepui task log --stderr hello.1")
    {
        Arguments.Add(_id);
        Options.Add(_follow);
        Options.Add(_stderr);
        Options.Add(_file);
        Options.Add(_framework);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(Invocation invocation, CancellationToken cancel)
    {
        var client = invocation.Client;
        var id = invocation.Parsed.GetRequiredValue(_id);
        var task = await TaskLookup.FindAsync(client, id, invocation.Parsed.GetValue(_framework), cancel);
        var agent = await AgentAddressAsync(client, task, cancel);
        var name = invocation.Parsed.GetValue(_file) ?? (invocation.Parsed.GetValue(_stderr) ? "stderr" : "stdout");
        var sandbox = await SandboxAsync(client, agent, task, cancel);
        using var text = new MemoryStream();
        await using var output = Console.OpenStandardOutput();
        long offset = 0;
        while (true)
        {
            // The state is asked for before the read, so that nothing written before the end is missed.
            var ended = !invocation.Parsed.GetValue(_follow) || await HasEndedAsync(client, task, cancel);
            while (sandbox is not null && await client.ReadFileAsync(agent, $"{sandbox}/{name}", offset, cancel) is { Length: > 0 } part)
            {
                offset += part.Length;
                await (invocation.Output == OutputFormat.Json ? text : output).WriteAsync(part, cancel);
            }

            if (ended)
            {
                break;
            }

            await output.FlushAsync(cancel);
            await Task.Delay(Poll, TimeProvider.System, cancel);
            sandbox ??= await SandboxAsync(client, agent, task, cancel);
        }

        if (sandbox is null || (offset == 0 && await client.ReadFileAsync(agent, $"{sandbox}/{name}", 0, cancel) is null))
        {
            throw new CommandFailure(
                ExitCode.NotFound, $"task {task.TaskId.Value} has no file '{name}' on agent {task.AgentId.Value}: it never started there, or its sandbox is collected");
        }

        if (invocation.Output == OutputFormat.Json)
        {
            JsonOutput.Write(new { TaskId = task.TaskId.Value, File = $"{sandbox}/{name}", Data = System.Text.Encoding.UTF8.GetString(text.ToArray()) });
        }

        return ExitCode.Ok;
    }

    private static async Task<bool> HasEndedAsync(OperatorClient client, WireTask task, CancellationToken cancel)
    {
        var known = await client.GetTasksAsync(cancel);
        return !known.Tasks.Any(other => other.TaskId.Equals(task.TaskId) && other.FrameworkId.Equals(task.FrameworkId) && !TaskLookup.IsEnded(other.State));
    }

    private static async Task<Uri> AgentAddressAsync(OperatorClient client, WireTask task, CancellationToken cancel)
    {
        var agents = await client.GetAgentsAsync(cancel);
        var agent = agents.Agents.FirstOrDefault(candidate => candidate.AgentInfo.Id.Equals(task.AgentId))
            ?? throw new CommandFailure(ExitCode.NotFound, $"agent {task.AgentId.Value}, where task {task.TaskId.Value} ran, is not registered now");

        // The pid is `slave(1)@ip:port`.
        return new Uri($"http://{agent.Pid[(agent.Pid.IndexOf('@', StringComparison.Ordinal) + 1)..]}");
    }

    /// <summary>The task's sandbox on its agent: its executor's directory, and below that its own container's when it is one of a group.</summary>
    private static async Task<string?> SandboxAsync(OperatorClient client, Uri agent, WireTask task, CancellationToken cancel)
    {
        using var state = await client.GetJsonAsync(new Uri(agent, "/state"), cancel);
        var executor = Frameworks(state.RootElement)
            .Where(framework => framework.GetProperty("id").GetString() == task.FrameworkId.Value)
            .SelectMany(Executors)
            .LastOrDefault(candidate => HasTask(candidate, task.TaskId.Value));
        if (executor.ValueKind == JsonValueKind.Undefined)
        {
            return null;
        }

        var directory = executor.GetProperty("directory").GetString();
        var container = task.Statuses.LastOrDefault(status => status.ContainerStatus?.ContainerId is not null)?.ContainerStatus.ContainerId;
        return container?.Parent is null ? directory : $"{directory}/containers/{container.Value}";
    }

    private static IEnumerable<JsonElement> Frameworks(JsonElement state) =>
        Items(state, "completed_frameworks").Concat(Items(state, "frameworks"));

    private static IEnumerable<JsonElement> Executors(JsonElement framework) =>
        Items(framework, "completed_executors").Concat(Items(framework, "executors"));

    private static bool HasTask(JsonElement executor, string id) =>
        Items(executor, "tasks").Concat(Items(executor, "queued_tasks")).Concat(Items(executor, "completed_tasks"))
            .Any(task => task.GetProperty("id").GetString() == id);

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) ? list.EnumerateArray() : [];
}
