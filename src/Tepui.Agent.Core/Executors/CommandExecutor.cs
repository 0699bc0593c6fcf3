using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Executors;

/// <summary>The executor that a command task appears to have: readers see one, though the agent runs the task itself.</summary>
internal static class CommandExecutor
{
    private const int TextMax = 15;

    public static ExecutorInfo InfoFor(ExecutorRecord executor)
    {
        var info = new ExecutorInfo { ExecutorId = executor.Id.ToWire(), FrameworkId = executor.Framework.Id.ToWire() };
#pragma warning disable CS0612 // Deprecated on the wire, yet dashboards look at it.
        info.Source = executor.Id.Value;
#pragma warning restore CS0612
        if (executor.Tasks.Values.FirstOrDefault() is not { Info: var from })
        {
            return info;
        }

        info.Name = $"Command Executor (Task: {executor.Id.Value}) (Command: {Shorten(from.Command)})";
        info.Labels = from.Labels;
        info.Discovery = from.Discovery;
        info.Container = from.Container;
        info.Resources.Add(from.Resources);
        info.Command = new CommandInfo { Environment = from.Command?.Environment };
        if (from.Command is { } command)
        {
            info.Command.Uris.Add(command.Uris);
            if (command.HasUser)
            {
                info.Command.User = command.User;
            }
        }

        return info;
    }

    private static string Shorten(CommandInfo? command)
    {
        if (command is null || !command.HasValue)
        {
            return command is { Shell: false } ? "NO EXECUTABLE" : "NO COMMAND";
        }

        return command.Shell ? $"sh -c '{Cut(command.Value)}'" : $"[{Cut(string.Join(", ", command.Arguments.Prepend(command.Value)))}]";
    }

    private static string Cut(string text) => text.Length > TextMax ? $"{text[..(TextMax - 3)]}..." : text;
}
