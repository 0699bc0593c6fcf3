using System.CommandLine;
using Tepui.Commands;
using Tepui.Hosting;
using Tepui.Terminal;

namespace Tepui;

/// <summary>The commands of <c>tepui</c>, and how the words of a command line become one of them.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command line; returns an <see cref="ExitCode"/>.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        // A word that begins with @ is a word, as in the schedule @daily; the library would read a file of that name.
        var parsed = new TepuiCommand().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var problems = parsed.Action is Help ? [] : UsageProblems.Of(parsed);
        if (problems.Count > 0)
        {
            foreach (var problem in problems)
            {
                await Console.Error.WriteLineAsync($"tepui: {problem}");
            }

            await Console.Error.WriteLineAsync($"Try '{Path(parsed.CommandResult)} --help'.");
            return ExitCode.Usage;
        }

        Signals.Watch();
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, Signals.First);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Every command turns the failures of its own work into messages; what is left is its output: a full disk, a closed stdout.
            await Console.Error.WriteLineAsync($"tepui: cannot write the output or a file: {(failure.InnerException ?? failure).Message}");
            return ExitCode.Failure;
        }
        catch (Exception bug)
        {
            var place = bug.StackTrace?.Split('\n')[0].Trim();
            await Console.Error.WriteLineAsync($"tepui: this is a bug of Tepui's, please report it: {bug.GetType().Name} {place}: {bug.Message}");
            return ExitCode.Internal;
        }
    }

    private static string Path(System.CommandLine.Parsing.SymbolResult result) =>
        result is System.CommandLine.Parsing.CommandResult { Parent: System.CommandLine.Parsing.CommandResult parent, Command: var command }
            ? $"{Path(parent)} {command.Name}"
            : "tepui";
}
