using System.Globalization;
using System.Text.Json.Nodes;
using Tepui.Services.Core.Documents.Schemas;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Rules;

/// <summary>What constraints may look like.</summary>
internal static class ConstraintRules
{
    /// <summary>Constraints as lists of texts.</summary>
    public static void Check(JsonArray? constraints, string path, Problems problems)
    {
        for (var index = 0; index < constraints?.Count; index++)
        {
            var parts = ((JsonArray)constraints[index]!).Select(part => part!.GetValue<string>()).ToArray();
            if (parts.Length is 2 or 3)
            {
                Check(parts[0], parts[1], parts.Length == 3 ? parts[2] : null, $"{path}({index})", problems);
            }
            else
            {
                problems.Add($"{path}({index})", $"has {parts.Length} items; a constraint is a field, an operator and, for some operators, a value");
            }
        }
    }

    /// <summary>Constraints of a pod, as objects.</summary>
    public static void CheckObjects(JsonArray? constraints, string path, Problems problems)
    {
        for (var index = 0; index < constraints?.Count; index++)
        {
            var constraint = (JsonObject)constraints[index]!;
            Check(constraint.Text("fieldName")!, constraint.Text("operator")!, constraint.Text("value"), $"{path}({index})", problems);
        }
    }

    /// <summary>Constraints on the disk of a persistent volume.</summary>
    public static void CheckDisk(JsonArray? constraints, string path, Problems problems)
    {
        Check(constraints, path, problems);
        for (var index = 0; index < constraints?.Count; index++)
        {
            var parts = ((JsonArray)constraints[index]!).Select(part => part!.GetValue<string>()).ToArray();
            problems.Require(parts is ["path", "LIKE" or "UNLIKE", _], $"{path}({index})", "a constraint on a disk is path, LIKE or UNLIKE, and a regular expression");
        }
    }

    private static void Check(string field, string word, string? value, string path, Problems problems)
    {
        problems.Require(field.Length > 0, path, "names no field");
        if (!Words.TryOperator(word, out var rule))
        {
            problems.Add(path, $"'{word}' is not an operator; allowed are {Words.OperatorNames}");
        }
        else if (Breach(rule, value) is { } breach)
        {
            problems.Add(path, $"{word} on {field}: {breach}");
        }
    }

    private static string? Breach(ConstraintOperator rule, string? value) => rule switch
    {
        ConstraintOperator.Unique => value is null ? null : $"takes no value, not '{value}'",
        ConstraintOperator.Cluster => null,
        ConstraintOperator.GroupBy => value is null || IsWhole(value) ? null : $"'{value}' is not a whole number",
        ConstraintOperator.MaxPer when value is null => "needs a whole number as its value",
        ConstraintOperator.MaxPer => IsWhole(value!) ? null : $"'{value}' is not a whole number",
        ConstraintOperator.Like or ConstraintOperator.Unlike when value is null => "needs a regular expression as its value",
        ConstraintOperator.Like or ConstraintOperator.Unlike => ConstraintPattern.Parse(value!, out var problem) is null ? problem : null,
        _ when value is null => "needs a value",
        _ => Patterns.IsValue.IsMatch(value!) ? null : $"'{value}' has other characters than letters, digits, '_', '/', '.' and '-'",
    };

    private static bool IsWhole(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}
