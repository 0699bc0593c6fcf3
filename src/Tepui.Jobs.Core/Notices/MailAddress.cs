namespace Tepui.Jobs.Core.Notices;

/// <summary>Mail addresses as the protocol has them: nothing in one can end a line or a bracket.</summary>
public static class MailAddress
{
    private const int LengthMost = 254;

    /// <summary>Reads <c>user@host</c> or <c>Name &lt;user@host&gt;</c>; <see langword="null"/> if it is neither.</summary>
    public static string? Parse(string text)
    {
        var open = text.IndexOf('<', StringComparison.Ordinal);
        var address = open >= 0 && text.EndsWith('>') ? text[(open + 1)..^1] : text;
        var at = address.LastIndexOf('@');
        return at > 0 && at < address.Length - 1 && address.Length <= LengthMost && address.All(IsAllowed) ? address : null;
    }

    private static bool IsAllowed(char value) => value is > ' ' and <= '~' and not ('<' or '>' or '"' or ',' or ';' or ':' or '\\' or '(' or ')');
}
