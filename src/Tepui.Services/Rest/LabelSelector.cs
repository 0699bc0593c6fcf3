using System.Text;

namespace Tepui.Services.Rest;

/// <summary>One condition on labels: <c>k</c>, <c>k==v</c>, <c>k!=v</c>, <c>k in (a,b)</c>, <c>k notin (a,b)</c>.</summary>
/// <param name="Key">The label.</param>
/// <param name="Rule">What must hold.</param>
/// <param name="Values">For all rules but presence.</param>
internal sealed record LabelSelector(string Key, LabelRule Rule, IReadOnlyList<string> Values)
{
    /// <summary>Reads conditions joined by commas; all of them must hold.</summary>
    /// <returns><see langword="null"/> with the problem when the text cannot be read.</returns>
    public static IReadOnlyList<LabelSelector>? Parse(string text, out string problem)
    {
        var reader = new Reader(text);
        var selectors = new List<LabelSelector>();
        do
        {
            if (reader.Selector() is not { } selector)
            {
                problem = $"The label selector '{text}' cannot be read at character {reader.At + 1}: expected KEY, KEY==VALUE, KEY!=VALUE, KEY in (VALUE,…) or KEY notin (VALUE,…); characters other than letters, digits, '-', '_' and '.' need a '\\' before them";
                return null;
            }

            selectors.Add(selector);
        }
        while (reader.Skip(","));
        problem = reader.IsAtEnd ? "" : $"The label selector '{text}' cannot be read at character {reader.At + 1}";
        return reader.IsAtEnd ? selectors : null;
    }

    /// <summary>Whether the condition holds.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels) => labels.TryGetValue(Key, out var value) && Rule switch
    {
        LabelRule.Among => Values.Contains(value, StringComparer.Ordinal),
        LabelRule.NotAmong => !Values.Contains(value, StringComparer.Ordinal),
        _ => true,
    };

    private sealed class Reader(string text)
    {
        public int At { get; private set; }

        public bool IsAtEnd
        {
            get
            {
                SkipSpaces();
                return At == text.Length;
            }
        }

        public LabelSelector? Selector()
        {
            if (Word() is not { Length: > 0 } key)
            {
                return null;
            }

            if (Skip("=="))
            {
                return Word() is { Length: > 0 } equal ? new(key, LabelRule.Among, [equal]) : null;
            }

            if (Skip("!="))
            {
                return Word() is { Length: > 0 } other ? new(key, LabelRule.NotAmong, [other]) : null;
            }

            if (SkipWord("notin"))
            {
                return List() is { } others ? new(key, LabelRule.NotAmong, others) : null;
            }

            return !SkipWord("in") ? new(key, LabelRule.Present, []) : List() is { } values ? new(key, LabelRule.Among, values) : null;
        }

        public bool Skip(string symbol)
        {
            SkipSpaces();
            if (!text.AsSpan(At).StartsWith(symbol, StringComparison.Ordinal))
            {
                return false;
            }

            At += symbol.Length;
            return true;
        }

        private bool SkipWord(string word)
        {
            var before = At;
            if (Skip(word) && (At == text.Length || text[At] is ' ' or '('))
            {
                return true;
            }

            At = before;
            return false;
        }

        private List<string>? List()
        {
            if (!Skip("("))
            {
                return null;
            }

            var values = new List<string>();
            do
            {
                if (Word() is not { Length: > 0 } value)
                {
                    return null;
                }

                values.Add(value);
            }
            while (Skip(","));
            return Skip(")") ? values : null;
        }

        private string Word()
        {
            SkipSpaces();
            var word = new StringBuilder();
            while (At < text.Length)
            {
                if (text[At] == '\\' && At + 1 < text.Length)
                {
                    At++;
                }
                else if (!char.IsAsciiLetterOrDigit(text[At]) && text[At] is not ('-' or '_' or '.'))
                {
                    break;
                }

                word.Append(text[At++]);
            }

            return word.ToString();
        }

        private void SkipSpaces()
        {
            while (At < text.Length && text[At] == ' ')
            {
                At++;
            }
        }
    }
}

/// <summary>What a condition on a label asks for.</summary>
internal enum LabelRule
{
    /// <summary>The label is there.</summary>
    Present,

    /// <summary>Its value is one of some.</summary>
    Among,

    /// <summary>It is there, and its value is none of some.</summary>
    NotAmong,
}
