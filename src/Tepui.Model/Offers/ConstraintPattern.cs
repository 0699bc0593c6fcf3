using System.Text.RegularExpressions;

namespace Tepui.Model.Offers;

/// <summary>Regular expressions of constraints. They match whole values, in time that grows with the length of the value only; what cannot be matched so is not allowed.</summary>
public static class ConstraintPattern
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    /// <summary>Longest expression, in characters.</summary>
    public const int LengthMax = 1024;

    /// <summary>Reads one.</summary>
    /// <param name="text">As in the constraint.</param>
    /// <param name="problem">What is wrong with it, for its author.</param>
    /// <returns><see langword="null"/> when it is not allowed.</returns>
    public static Regex? Parse(string text, out string? problem)
    {
        problem = null;
        if (text.Length > LengthMax)
        {
            problem = $"the regular expression has {text.Length} characters; at most {LengthMax} are allowed";
            return null;
        }

        try
        {
            // Alone too: brackets that do not match could close the ones put around.
            _ = new Regex(text, Options);
            return new($@"^(?:{text})\z", Options);
        }
        catch (NotSupportedException)
        {
            problem = $"'{text}' cannot be matched in bounded time: it is too large, or has a look-around, back-reference, atomic group or condition";
            return null;
        }
        catch (ArgumentException)
        {
            problem = $"'{text}' is not a regular expression";
            return null;
        }
    }
}
