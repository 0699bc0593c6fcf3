using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Tepui.Terminal;

/// <summary>The text of <c>--help</c>: what the library prints, then the command's own details.</summary>
internal sealed class Help : SynchronousCommandLineAction
{
    private readonly HelpAction _standard;

    private Help(HelpAction standard) => _standard = standard;

    /// <summary>Who asks for help need not have given all arguments.</summary>
    public override bool ClearsParseErrors => true;

    /// <summary>Gives every command below <paramref name="root"/> this help.</summary>
    public static void Install(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new Help((HelpAction)option.Action!);
    }

    /// <summary>Command lines to learn from.</summary>
    public static string Examples(params string[] examples) => $"Examples:\n{string.Join('\n', examples.Select(example => $"  {example}"))}\n";

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        var code = _standard.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        output.Write(WithoutAdditionalArguments(text.ToString()));
        if (parseResult.CommandResult.Command is IDetailed { Details.Length: > 0 } command)
        {
            output.WriteLine(command.Details);
        }

        return code;
    }

    /// <summary>Commands with flags of their own list them below; the library would call them additional arguments.</summary>
    private static string WithoutAdditionalArguments(string text)
    {
        text = text.Replace("[[--] <additional arguments>...]]", "[--FLAG=VALUE]...", StringComparison.Ordinal);
        const string Heading = "Additional Arguments:";
        var start = text.IndexOf(Heading, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf("\n\n", start, StringComparison.Ordinal);
        return end < 0 ? text : text.Remove(start, end + 2 - start);
    }
}
