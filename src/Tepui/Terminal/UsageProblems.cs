using System.CommandLine;
using System.CommandLine.Parsing;

namespace Tepui.Terminal;

/// <summary>What is wrong with the words of a command line, for people.</summary>
internal static class UsageProblems
{
    /// <summary>The problems of <paramref name="parsed"/>, none if it can run.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        // A word that is no flag here must not become what runs: a mistyped flag of `tepui run` would be taken for the program.
        var flags = StrayFlags(parsed)
            .Select(word => $"unknown flag '{word}'; put -- before the arguments when one of them starts with a dash")
            .ToList();
        if (flags.Count > 0)
        {
            return flags;
        }

        return [.. Telling(parsed.Errors).Select(Describe).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Words with a dash in front that the command's arguments took, those after <c>--</c> aside.</summary>
    private static IEnumerable<string> StrayFlags(ParseResult parsed)
    {
        var meant = parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Count(token => token.Type != TokenType.DoubleDash);
        var taken = parsed.CommandResult.Command.Arguments.SelectMany(argument => parsed.GetResult(argument)?.Tokens ?? []).ToList();
        return taken.SkipLast(meant).Select(token => token.Value).Where(word => word.Length > 1 && word[0] == '-');
    }

    /// <summary>An unknown word is the reason why the command is missing: that is all there is to say.</summary>
    private static IEnumerable<ParseError> Telling(IReadOnlyList<ParseError> errors)
    {
        var unknown = errors.Where(error => error.Message.StartsWith("Unrecognized", StringComparison.Ordinal)).ToList();
        return unknown.Count > 0 ? unknown : errors;
    }

    private static string Describe(ParseError error)
    {
        if (!error.Message.StartsWith("Cannot parse", StringComparison.Ordinal))
        {
            return error.Message;
        }

        // A value of an option is told as one of its argument too, where the value is the only one.
        var (name, type) = error.SymbolResult switch
        {
            OptionResult { Option: var option } => (option.Name, option.ValueType),
            ArgumentResult { Parent: OptionResult { Option: var option } } => (option.Name, option.ValueType),
            ArgumentResult { Argument: var argument } => (argument.Name, argument.ValueType),
            _ => ("", typeof(object)),
        };
        return error.SymbolResult is { Tokens: [.., var token] } && WordFor(type) is { } kind ? $"{name} is '{token.Value}'; it must be {kind}" : error.Message;
    }

    private static string? WordFor(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Int32 => "a whole number, not larger than 2147483647",
        TypeCode.Int64 => "a whole number",
        TypeCode.Double => "a number",
        TypeCode.Boolean => "true or false",
        _ => null,
    };
}
