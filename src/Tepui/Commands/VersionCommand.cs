using System.CommandLine;
using Tepui.Terminal;

namespace Tepui.Commands;

/// <summary><c>tepui version</c></summary>
internal sealed class VersionCommand : Command, IDetailed
{
    private readonly Option<OutputFormat> _output = CommonOptions.Output();

    public VersionCommand()
        : base("version", "Prints Tepui's version.")
    {
        Options.Add(_output);
        SetAction(parsed =>
        {
            if (parsed.GetValue(_output) == OutputFormat.Json)
            {
                JsonOutput.Write(new { Version = Text });
            }
            else
            {
                Console.Out.WriteLine(Text);
            }

            return ExitCode.Ok;
        });
    }

    /// <summary>As in <c>0.1.0</c>.</summary>
    public static string Text => typeof(VersionCommand).Assembly.GetName().Version!.ToString(3);

    /// <inheritdoc/>
    public string Details { get; } = Help.Examples("tepui version", "tepui version --output json");
}
