using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Tepui.Documents;

/// <summary>The type of a YAML scalar, by the core schema of YAML 1.2: <c>true</c>, <c>8080</c>, <c>0.1</c> and <c>null</c> have types; what is quoted, and words like <c>yes</c> and <c>on</c>, is text.</summary>
internal static partial class YamlScalars
{
    private const string Namespace = "tag:yaml.org,2002:";

    /// <summary>The scalar as JSON, or why it has no meaning there.</summary>
    public static JsonNode? Value(YamlScalarNode scalar, out string? problem)
    {
        problem = null;
        var text = scalar.Value ?? "";
        var tag = scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? "" : scalar.Tag.Value;
        switch (tag)
        {
            case "" when scalar.Style == ScalarStyle.Plain:
                return Plain(text, out problem);
            case "" or Namespace + "str":
                return JsonValue.Create(text);
            case Namespace + "int" or Namespace + "float" or Namespace + "bool" or Namespace + "null":
                var value = Plain(text, out problem);
                problem ??= value is JsonValue typed && typed.GetValueKind() == System.Text.Json.JsonValueKind.String ? $"'{text}' is no {tag[Namespace.Length..]}" : null;
                return value;
            default:
                problem = $"the tag {tag} has no meaning here";
                return null;
        }
    }

    private static JsonNode? Plain(string text, out string? problem)
    {
        problem = null;
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return null;
            case "true" or "True" or "TRUE":
                return JsonValue.Create(true);
            case "false" or "False" or "FALSE":
                return JsonValue.Create(false);
            default:
                break;
        }

        if (Infinite().IsMatch(text))
        {
            problem = $"{text} has no form in JSON";
            return null;
        }

        return Integer(text) is { } whole ? JsonNode.Parse(whole.ToString(CultureInfo.InvariantCulture))
            : Fraction().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonValue.Create(number)
            : JsonValue.Create(text);
    }

    private static BigInteger? Integer(string text) =>
        Decimal().IsMatch(text) ? BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        : Hexadecimal().IsMatch(text) ? BigInteger.Parse($"0{text.AsSpan(2)}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        : Octal().IsMatch(text) ? text[2..].Aggregate(BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0'))
        : null;

    [GeneratedRegex(@"^[-+]?[0-9]{1,100}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^0x[0-9a-fA-F]{1,100}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^0o[0-7]{1,100}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Octal();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fraction();

    [GeneratedRegex(@"^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Infinite();
}
