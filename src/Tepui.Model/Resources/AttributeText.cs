using System.Diagnostics.CodeAnalysis;
using V1 = Tepui.Protocol.V1;

namespace Tepui.Model.Resources;

/// <summary>Attributes of an agent as its flag has them: <c>rack:r1;num:3;ids:[1-5]</c>. A value that is no number and no ranges is text.</summary>
public static class AttributeText
{
    private static readonly char[] Separators = [';', '\n'];

    /// <summary>Reads such text, in its order; <paramref name="problem"/> says what is wrong with it and what is allowed.</summary>
    public static bool TryParse(string text, out IReadOnlyList<V1.Attribute> attributes, [NotNullWhen(false)] out string? problem)
    {
        var list = new List<V1.Attribute>();
        problem = null;
        foreach (var pair in text.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            problem = Parse(pair, list);
            if (problem is not null)
            {
                break;
            }
        }

        attributes = problem is null ? list : [];
        return problem is null;
    }

    private static string? Parse(string pair, List<V1.Attribute> list)
    {
        var colon = pair.IndexOf(':');
        if (colon <= 0)
        {
            return $"Invalid attribute '{pair}': expected 'name:value'";
        }

        var name = pair[..colon].Trim();
        var text = pair[(colon + 1)..].Trim();
        if (text.Length > 0 && text[0] is not ('[' or '{') && !IsNumber(text))
        {
            list.Add(new() { Name = name, Type = V1.Value.Types.Type.Text, Text = new() { Value = text } });
            return null;
        }

        if (!ValueText.TryParse(text, out var value, out var problem))
        {
            return $"Invalid attribute '{pair}': {problem}";
        }

        if (value.Type == V1.Value.Types.Type.Set)
        {
            return $"Invalid attribute '{pair}': an attribute is a number, ranges or text, not a set";
        }

        list.Add(new() { Name = name, Type = value.Type, Scalar = value.Scalar, Ranges = value.Ranges });
        return null;
    }

    private static bool IsNumber(string text) =>
        ValueText.TryParse(text, out var value, out _) && value.Type == V1.Value.Types.Type.Scalar;
}
