using Tepui.Model;

namespace Tepui.Runtime.Flags;

/// <summary>Reads flags from the command line (<c>--name=value</c>, <c>--name value</c>, <c>--name</c>, <c>--no-name</c>, for services <c>--disable_name</c>; dashes in names count as underscores) and from the environment. The command line wins.</summary>
public static class FlagParser
{
    /// <summary>Reads and checks all flags.</summary>
    /// <param name="table">The flags there are.</param>
    /// <param name="arguments">The command line after the command's name.</param>
    /// <param name="environment">A variable's value, or <see langword="null"/>.</param>
    /// <exception cref="FlagException">Something is wrong; it lists everything that is.</exception>
    public static FlagValues Parse(FlagTable table, IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        var problems = new List<Problem>();
        var given = FromArguments(table, arguments, problems);
        var values = new Dictionary<string, FlagValue>(StringComparer.Ordinal);
        foreach (var flag in table.Flags)
        {
            if (given.TryGetValue(flag, out var fromArgument))
            {
                Add(flag, fromArgument.Name, fromArgument.Value, "--" + fromArgument.Name);
            }
            else if (FromEnvironment(flag, environment) is var (variable, value) && variable is not null)
            {
                Add(flag, flag.Name, value, variable);
            }
            else if (flag.Default is { } standard)
            {
                values.Add(flag.Name, new FlagValue(flag, flag.Name, FlagCheck.Print(flag, standard), Given: false));
            }
        }

        return problems.Count == 0 ? new FlagValues(table, values) : throw new FlagException(table.Component, problems);

        void Add(Flag flag, string usedName, string value, string source)
        {
            if (FlagCheck.Check(flag, value, out var printed) is { } problem)
            {
                problems.Add(new Problem(source, problem));
            }
            else
            {
                values.Add(flag.Name, new FlagValue(flag, usedName, printed, Given: true));
            }
        }
    }

    private static Dictionary<Flag, (string Name, string Value)> FromArguments(FlagTable table, IReadOnlyList<string> arguments, List<Problem> problems)
    {
        var given = new Dictionary<Flag, (string, string)>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (!argument.StartsWith("--", StringComparison.Ordinal) || argument.Length == 2)
            {
                problems.Add(new Problem("", $"Unexpected argument '{argument}': flags are given as --name=value."));
                continue;
            }

            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? argument[2..] : argument[2..equals]).Replace('-', '_');
            var flag = table.Find(name);
            var value = equals < 0 ? null : argument[(equals + 1)..];
            if (flag is null && value is null && Negated(table, name) is { } negated)
            {
                (flag, name, value) = (negated, negated.Name, "false");
            }

            if (flag is null)
            {
                problems.Add(Unknown(table, name));
                i += value is null && Follows(arguments, i) ? 1 : 0;
                continue;
            }

            if (value is null)
            {
                value = flag.Type == FlagType.Boolean ? "true" : Follows(arguments, i) ? arguments[++i] : null;
            }

            if (value is null)
            {
                problems.Add(new Problem("--" + name, $"needs a value, as in --{name}={flag.Default ?? "..."}"));
            }
            else if (!given.TryAdd(flag, (name, value)))
            {
                problems.Add(new Problem("--" + name, "is given twice"));
            }
        }

        return given;
    }

    // `--no_name` everywhere; `--disable_name` for components whose toggles are switched off so.
    private static Flag? Negated(FlagTable table, string name)
    {
        var flag = name.StartsWith("no_", StringComparison.Ordinal) ? table.Find(name[3..])
            : name.StartsWith("disable_", StringComparison.Ordinal) && table.Find(name["disable_".Length..]) is { DisablingVariable: not null } toggle ? toggle
            : null;
        return flag is { Type: FlagType.Boolean } ? flag : null;
    }

    private static bool Follows(IReadOnlyList<string> arguments, int i) =>
        i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal);

    private static Problem Unknown(FlagTable table, string name) =>
        new("--" + name, table.Nearest(name) is { } nearest ? $"is not a flag of the {table.Component}; did you mean --{nearest}?" : $"is not a flag of the {table.Component}");

    private static (string? Variable, string Value) FromEnvironment(Flag flag, Func<string, string?> environment)
    {
        foreach (var variable in flag.Variables)
        {
            if (environment(variable) is { } value)
            {
                return (variable, value.Length == 0 && flag.DisablingVariable is not null ? "true" : value);
            }
        }

        if (flag.DisablingVariable is { } disabling && environment(disabling) is not null)
        {
            return (disabling, "false");
        }

        return (null, "");
    }
}
