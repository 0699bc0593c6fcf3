using System.CommandLine;

namespace Tepui.Terminal;

/// <summary>A command that only has others below it.</summary>
internal sealed class CommandGroup(string name, string description, params string[] examples) : Command(name, description), IDetailed
{
    /// <inheritdoc/>
    public string Details { get; } = Help.Examples(examples);
}
