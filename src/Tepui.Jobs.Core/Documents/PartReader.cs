using System.Text.Json;
using Tepui.Jobs.Core.Specs;
using Tepui.Model;
using Tepui.Model.Offers;

namespace Tepui.Jobs.Core.Documents;

/// <summary>Reads what jobs have lists of.</summary>
internal static class PartReader
{
    /// <summary>An environment variable.</summary>
    public static EnvironmentVariable Variable(Members variable)
    {
        var name = variable.Required("name", "a variable has a name");
        if (name.Contains('=', StringComparison.Ordinal))
        {
            variable.Refuse("name", $"is '{Members.Cut(name)}'; a name must not have '='");
        }

        if (!variable.Has("value"))
        {
            variable.Refuse("value", "is missing; it must be a text, which may be empty");
        }

        return new(name, variable.ProcessText("value") ?? "");
    }

    /// <summary>Something to fetch.</summary>
    public static Fetch Fetch(Members fetch) => new(
        fetch.Required("uri", "it says what is fetched", Limits.Line),
        fetch.Flag("executable") ?? false,
        fetch.Flag("cache") ?? false,
        fetch.Flag("extract") ?? true,
        fetch.Text("output_file") ?? "");

    /// <summary>A key with a value.</summary>
    public static Parameter Parameter(Members parameter) => new(parameter.Required("key", "it must be a text"), parameter.Text("value", Limits.Block) ?? "");

    /// <summary>A constraint: <c>[attribute, operator, value]</c>.</summary>
    public static Constraint? Constraint(JsonElement item, string at, List<Problem> problems)
    {
        if (item.ValueKind is not JsonValueKind.Array || item.GetArrayLength() is not (2 or 3))
        {
            problems.Add(new(at, $"is {Members.Shown(item)}; a constraint is a list of attribute, operator (EQUALS, LIKE, UNLIKE) and value"));
            return null;
        }

        var before = problems.Count;
        var parts = item.EnumerateArray().Select((part, index) => Members.Text(part, $"{at}[{index}]", Limits.Line, problems) ?? "").ToArray();
        if (problems.Count > before)
        {
            return null;
        }

        if (parts[0].Length == 0)
        {
            problems.Add(new($"{at}[0]", "is empty; it must name an attribute of agents, or hostname"));
        }

        if (parts.Length == 2 && parts[1] is "EQUALS" or "LIKE" or "UNLIKE" && parts.Length == 2)
        {
            problems.Add(new(at, $"has no value; {parts[1]} needs one"));
            return null;
        }

        if (parts[1] is "LIKE" or "UNLIKE" && ConstraintPattern.Parse(parts[2], out var problem) is null)
        {
            problems.Add(new($"{at}[2]", problem!));
        }

        return new(parts[0], parts[1], parts.Length == 3 ? parts[2] : "");
    }
}
