using System.Text.Json;
using Tepui.Sdk.Operators;
using Tepui.Terminal;
using WireTask = Tepui.Protocol.V1.Task;

namespace Tepui.Commands;

/// <summary>Copies what a task wrote from its agent, and goes on while it writes.</summary>
internal sealed class TaskLog(OperatorClient client, WireTask task, string name)
{
    private const int TailChunk = 64 << 10;

    /// <summary>Longest part that is searched for the beginning of the last lines.</summary>
    private const long TailMax = 16L << 20;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    /// <summary>Real path of the file on the agent; known once the task has a sandbox.</summary>
    public string? Path { get; private set; }

    /// <summary>Copies the file.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="follow">Whether to go on until the task has ended.</param>
    /// <param name="lines">How many of the lines that are there to begin with; 0 for all.</param>
    /// <param name="cancel">Ends the copying.</param>
    /// <exception cref="CommandFailure">There is no such file.</exception>
    public async Task CopyAsync(Stream output, bool follow, int lines, CancellationToken cancel)
    {
        var agent = await AgentAddressAsync(cancel);
        Path = await FindAsync(agent, cancel);
        var offset = Path is not null && lines > 0 ? await TailAsync(agent, Path, lines, cancel) : 0;
        var isEmpty = true;
        while (true)
        {
            // The state is asked for before the read, so that nothing written before the end is missed.
            var ended = !follow || await HasEndedAsync(cancel);
            while (Path is not null && await client.ReadFileAsync(agent, Path, offset, cancel) is { Length: > 0 } part)
            {
                offset += part.Length;
                isEmpty = false;
                await output.WriteAsync(part, cancel);
            }

            if (ended)
            {
                break;
            }

            await output.FlushAsync(cancel);
            await Task.Delay(Poll, TimeProvider.System, cancel);
            Path ??= await FindAsync(agent, cancel);
        }

        if (Path is null || (isEmpty && await client.ReadFileAsync(agent, Path, 0, cancel) is null))
        {
            throw new CommandFailure(
                ExitCode.NotFound, $"task {task.TaskId.Value} has no file '{name}' on agent {task.AgentId.Value}: it never started there, or its sandbox is collected");
        }
    }

    /// <summary>Where the last lines begin.</summary>
    private async Task<long> TailAsync(Uri agent, string path, int lines, CancellationToken cancel)
    {
        var size = await client.GetFileSizeAsync(agent, path, cancel) ?? 0;
        var seen = 0;
        for (var end = size; end > 0 && size - end < TailMax;)
        {
            var start = Math.Max(0, end - TailChunk);
            if (await client.ReadFileAsync(agent, path, start, cancel) is not { } part)
            {
                return 0;
            }

            var chunk = part[..(int)Math.Min(part.Length, end - start)];
            for (var index = chunk.Length - 1; index >= 0; index--)
            {
                // The line break at the very end ends the last line and begins none.
                if (chunk.Span[index] == (byte)'\n' && start + index != size - 1 && ++seen == lines)
                {
                    return start + index + 1;
                }
            }

            end = start;
        }

        return Math.Max(0, size > TailMax ? size - TailMax : 0);
    }

    private async Task<string?> FindAsync(Uri agent, CancellationToken cancel) => await SandboxAsync(agent, cancel) is { } sandbox ? $"{sandbox}/{name}" : null;

    private async Task<bool> HasEndedAsync(CancellationToken cancel)
    {
        var known = await client.GetTasksAsync(cancel);
        return !known.Tasks.Any(other => other.TaskId.Equals(task.TaskId) && other.FrameworkId.Equals(task.FrameworkId) && !TaskLookup.IsEnded(other.State));
    }

    private async Task<Uri> AgentAddressAsync(CancellationToken cancel)
    {
        var agents = await client.GetAgentsAsync(cancel);
        var agent = agents.Agents.FirstOrDefault(candidate => candidate.AgentInfo.Id.Equals(task.AgentId))
            ?? throw new CommandFailure(ExitCode.NotFound, $"agent {task.AgentId.Value}, where task {task.TaskId.Value} ran, is not registered now");

        // The pid is `slave(1)@ip:port`.
        return new Uri($"http://{agent.Pid[(agent.Pid.IndexOf('@', StringComparison.Ordinal) + 1)..]}");
    }

    /// <summary>The task's sandbox on its agent: its executor's directory, and below that its own container's when it is one of a group.</summary>
    private async Task<string?> SandboxAsync(Uri agent, CancellationToken cancel)
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
