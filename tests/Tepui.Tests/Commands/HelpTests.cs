using System.CommandLine;
using Tepui.Commands;
using Tepui.Terminal;

namespace Tepui.Tests.Commands;

public sealed class HelpTests
{
    public static TheoryData<string> Commands => [.. Leaves(new TepuiCommand(), "tepui").Select(leaf => leaf.Path)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_Every_HasExamplesOfItself(string path)
    {
        var details = Assert.IsType<IDetailed>(Find(path), exactMatch: false).Details;

        Assert.Contains(path, details, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Reference_EveryCommand_HasAllItsOptionsAndArguments(string path)
    {
        var page = File.ReadAllText(Path.Join(Checkout(), "docs", "reference", "cli.md"));
        if (path is "tepui master" or "tepui agent" or "tepui services" or "tepui jobs")
        {
            Assert.Contains($"`{path}`", page, StringComparison.Ordinal);
            return;
        }

        var section = page.Split($"\n## {path}\n") is [_, var rest] ? rest.Split("\n## ")[0] : "";
        Assert.True(section.Length > 0, $"docs/reference/cli.md has no section '{path}'");
        var command = Find(path);
        foreach (var word in command.Options.Where(option => !option.Hidden).SelectMany(option => option.Aliases.Append(option.Name)).Concat(command.Arguments.Select(argument => $"<{argument.Name}>")))
        {
            if (word is not ("--help" or "/?" or "/h"))
            {
                Assert.Contains(word, section, StringComparison.Ordinal);
            }
        }
    }

    private static Command Find(string path) => Leaves(new TepuiCommand(), "tepui").Single(leaf => leaf.Path == path).Command;

    private static IEnumerable<(string Path, Command Command)> Leaves(Command command, string path)
    {
        // An agent is a process of its own and has commands below it.
        if (command is not (CommandGroup or RootCommand))
        {
            yield return (path, command);
        }

        foreach (var leaf in command.Subcommands.SelectMany(child => Leaves(child, $"{path} {child.Name}")))
        {
            yield return leaf;
        }
    }

    private static string Checkout()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Join(directory.FullName, "Tepui.slnx")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("No checkout above the tests.");
    }
}
