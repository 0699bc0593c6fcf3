using Tepui.Jobs.Core.Specs;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Launching.Tasks;

/// <summary>Commands as the wire has them.</summary>
/// <remarks>
/// Arguments are put behind a shell's command as they are, but for <c>;</c>, which is left out: who may start a job with
/// arguments of their own can make its shell do whatever its user may. Jobs with <c>shell: false</c> do not have this weakness.
/// </remarks>
internal static class JobCommand
{
    /// <summary>Of a job that runs without an executor of its own.</summary>
    public static CommandInfo Of(LaunchOrder order)
    {
        var command = IsAddress(order.Job.Command) ? Download(order) : order.Job.Shell ? Shell(order) : Program(order);
        return Finished(order, command);
    }

    /// <summary>Of a custom executor: its path.</summary>
    public static CommandInfo Executor(LaunchOrder order)
    {
        var command = new CommandInfo { Value = order.Job.Executor };
        Fetch(order.Job, command);
        return Finished(order, command);
    }

    /// <summary>What a run is given behind its command.</summary>
    public static string Arguments(LaunchOrder order) =>
        (order.Run.Arguments ?? string.Join(' ', order.Job.Arguments)).Replace(";", "", StringComparison.Ordinal);

    private static bool IsAddress(string command) => command.StartsWith("http", StringComparison.Ordinal) || command.StartsWith("ftp", StringComparison.Ordinal);

    // Fetch, uris and the list of arguments have no effect here.
    private static CommandInfo Download(LaunchOrder order)
    {
        var address = order.Job.Command;
        var file = address[(address.LastIndexOf('/') + 1)..];
        return new()
        {
            Value = Join($"\"./{file}\"", Arguments(order)),
            Uris = { new CommandInfo.Types.URI { Value = address, Executable = true } },
        };
    }

    private static CommandInfo Shell(LaunchOrder order)
    {
        var command = new CommandInfo { Shell = true, Value = Join(order.Job.Command, Arguments(order)) };
        command.Arguments.AddRange(order.Job.Arguments);
        Fetch(order.Job, command);
        return command;
    }

    // A program gets its own name first. In a Docker image the image's entry point gets all of it.
    private static CommandInfo Program(LaunchOrder order)
    {
        var job = order.Job;
        var command = new CommandInfo { Shell = false };
        var hasProgram = job.Command.Length > 0;
        if (hasProgram && job.Container?.Type != "DOCKER")
        {
            command.Value = job.Command;
        }

        if (hasProgram)
        {
            command.Arguments.Add(job.Command);
        }

        command.Arguments.AddRange(order.Run.Arguments is null ? job.Arguments : Arguments(order).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Fetch(job, command);
        return command;
    }

    private static void Fetch(JobSpec job, CommandInfo command)
    {
        foreach (var fetch in job.Fetch)
        {
            var uri = new CommandInfo.Types.URI { Value = fetch.Uri, Extract = fetch.Extract, Executable = fetch.Executable, Cache = fetch.Cache };
            if (fetch.OutputFile.Length > 0)
            {
                uri.OutputFile = fetch.OutputFile;
            }

            command.Uris.Add(uri);
        }

        command.Uris.AddRange(job.Uris.Select(uri => new CommandInfo.Types.URI { Value = uri, Extract = true, Executable = false, Cache = false }));
    }

    private static CommandInfo Finished(LaunchOrder order, CommandInfo command)
    {
        command.Environment = JobVariables.Of(order);
        if (order.User is { } user)
        {
            command.User = user;
        }

        return command;
    }

    private static string Join(string command, string arguments) => arguments.Length > 0 ? $"{command} {arguments}" : command;
}
