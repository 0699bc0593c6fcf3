using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Tepui.Jobs.Core.Specs;

/// <summary>Names a job: letters, digits, <c>_</c>, <c>-</c> and <c>.</c>, at most <see cref="LengthMax"/> of them.</summary>
/// <remarks>Compares and sorts ordinally. It is part of task ids, of which a part is left for the rest.</remarks>
public readonly record struct JobName : IComparable<JobName>
{
    /// <summary>Longest name, in characters.</summary>
    public const int LengthMax = 200;

    private readonly string? _value;

    /// <summary>For names that were checked before.</summary>
    public JobName(string value) => _value = value;

    /// <summary>The text.</summary>
    public string Value => _value ?? "";

    /// <summary>Reads a name.</summary>
    /// <param name="text">As written.</param>
    /// <param name="name">The name.</param>
    /// <param name="problem">What was found and what is allowed.</param>
    public static bool TryParse(string? text, out JobName name, [NotNullWhen(false)] out string? problem)
    {
        problem = Problem(text ?? "");
        name = problem is null ? new(text!) : default;
        return problem is null;
    }

    /// <inheritdoc/>
    public int CompareTo(JobName other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static string? Problem(string text)
    {
        const string allowed = "letters, digits, '_', '-' and '.'";
        if (text.Length == 0)
        {
            return $"is empty; a name has {allowed}";
        }

        if (text.Length > LengthMax)
        {
            return $"has {text.Length} characters; at most {LengthMax} are allowed";
        }

        if (text is "." or "..")
        {
            return $"is '{text}', which names a directory";
        }

        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsAllowed(rune))
            {
                return $"is '{text}': '{rune}' is not allowed; a name has {allowed}";
            }
        }

        return null;
    }

    private static bool IsAllowed(Rune rune) => rune.IsAscii && (char)rune.Value is var c && (char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
