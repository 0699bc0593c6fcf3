using System.Text.RegularExpressions;

namespace Tepui.Compatibility.Tests.Metrics;

/// <summary>Names of metrics in short: <c>{a,b}</c> stands for each of the words, <c>&lt;x&gt;</c> for any name.</summary>
internal static partial class Pattern
{
    /// <summary>All names a pattern stands for, with <c>&lt;x&gt;</c> left in.</summary>
    public static IReadOnlyList<string> Expand(string pattern)
    {
        var open = pattern.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
        {
            return [pattern];
        }

        var close = pattern.IndexOf('}', open);
        return [.. pattern[(open + 1)..close].Split(',').SelectMany(word => Expand(pattern[..open] + word + pattern[(close + 1)..]))];
    }

    /// <summary>Whether a name of <see cref="Expand"/> is among <paramref name="names"/>.</summary>
    public static bool IsIn(string name, IReadOnlyCollection<string> names) =>
        name.Contains('<', StringComparison.Ordinal) ? names.Any(Matcher(name).IsMatch) : names.Contains(name);

    /// <summary>Whether <paramref name="metric"/> is one of those <paramref name="pattern"/> stands for.</summary>
    public static bool Covers(string pattern, string metric) => Expand(pattern).Any(name => Matcher(name).IsMatch(metric));

    private static Regex Matcher(string name) => new("^" + Hole().Replace(Regex.Escape(name), "[^/]*") + "$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    [GeneratedRegex("<[a-z_]+>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hole();
}
