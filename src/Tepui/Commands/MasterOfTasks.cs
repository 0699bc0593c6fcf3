using System.Text;
using Tepui.Sdk.Operators;
using Tepui.Terminal;

namespace Tepui.Commands;

/// <summary>The master that knows the tasks of a scheduler, and what those tasks wrote.</summary>
internal static class MasterOfTasks
{
    /// <summary>The master that is meant: what the command line says, the environment, or the scheduler.</summary>
    /// <param name="option">Value of <c>--master</c>.</param>
    /// <param name="told">What the scheduler tells.</param>
    /// <param name="who">The scheduler with its verb, as in <c>the services do</c>.</param>
    /// <exception cref="CommandFailure">None of them says.</exception>
    public static Uri Choose(string? option, string? told, string who)
    {
        var text = option ?? Environment.GetEnvironmentVariable("TEPUI_MASTER") ?? told;
        return text is { Length: > 0 } && !text.StartsWith("zk:", StringComparison.Ordinal)
            ? ClientCommand.ParseMaster(text)
            : throw new CommandFailure(ExitCode.Usage, $"{who} not say which master they use; name it with --master HOST:PORT");
    }

    /// <summary>Prints a file of a task: as it is, or in a document.</summary>
    /// <exception cref="CommandFailure">There is no such task or file, or nobody answers.</exception>
    public static async Task CopyAsync(Uri master, string id, string? framework, string file, OutputFormat output, bool follow, int lines, CancellationToken cancel)
    {
        using var client = new OperatorClient(master);
        try
        {
            var task = await TaskLookup.FindAsync(client, id, framework, cancel);
            var log = new TaskLog(client, task, file);
            if (output != OutputFormat.Json)
            {
                await using var stdout = Console.OpenStandardOutput();
                await log.CopyAsync(stdout, follow, lines, cancel);
                return;
            }

            using var text = new MemoryStream();
            await log.CopyAsync(text, follow, lines, cancel);
            JsonOutput.Write(new { TaskId = id, File = log.Path, Data = Encoding.UTF8.GetString(text.ToArray()) });
        }
        catch (OperatorException refused)
        {
            throw new CommandFailure(ExitCode.Failure, $"the master at {master.Authority}, or an agent of it, {refused.Message}");
        }
        catch (HttpRequestException silent)
        {
            throw new CommandFailure(ExitCode.Unreachable, $"the master at {master.Authority}, or an agent of it, does not answer: {silent.Message}. Name another with --master HOST:PORT.");
        }
    }
}
