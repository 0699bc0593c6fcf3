using Tepui.Protocol.V1;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>Commands as the wire has them.</summary>
internal static class Commands
{
    /// <summary>Text for a shell.</summary>
    public static CommandInfo Shell(string text) => new() { Shell = true, Value = text };

    /// <summary>A program and its arguments.</summary>
    /// <param name="arguments">The program first.</param>
    /// <param name="isEntryPoint">Run the program itself; otherwise an image's entry point gets all of them.</param>
    public static CommandInfo Arguments(IReadOnlyList<string> arguments, bool isEntryPoint)
    {
        var command = new CommandInfo { Shell = false };
        if (isEntryPoint && arguments.Count > 0)
        {
            command.Value = arguments[0];
        }

        command.Arguments.AddRange(arguments);
        return command;
    }

    /// <summary>What an image runs by itself.</summary>
    public static CommandInfo ImageDefault() => new() { Shell = false };

    /// <summary>Adds files to fetch.</summary>
    public static void Fetch(CommandInfo command, IReadOnlyList<Artifact> artifacts)
    {
        foreach (var artifact in artifacts)
        {
            var uri = new CommandInfo.Types.URI { Value = artifact.Uri, Extract = artifact.Extract, Executable = artifact.Executable, Cache = artifact.Cache };
            if (artifact.DestPath is { } path)
            {
                uri.OutputFile = path;
            }

            command.Uris.Add(uri);
        }
    }

    /// <summary>Sets the unix user, if there is one.</summary>
    public static void RunAs(CommandInfo command, string? user)
    {
        if (user is not null)
        {
            command.User = user;
        }
    }
}
