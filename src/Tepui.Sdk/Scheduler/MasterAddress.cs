namespace Tepui.Sdk.Scheduler;

/// <summary>Reads the address of a master as people write it.</summary>
internal static class MasterAddress
{
    private const int DefaultPort = 5050;

    /// <summary>From <c>HOST</c>, <c>HOST:PORT</c> or <c>http://HOST:PORT</c>.</summary>
    /// <exception cref="ArgumentException">It is none of these.</exception>
    public static Uri Parse(string text)
    {
        var hasScheme = text.Contains("://", StringComparison.Ordinal);
        if (!Uri.TryCreate(hasScheme ? text : "http://" + text, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.Host.Length == 0)
        {
            throw new ArgumentException($"'{text}' is not the address of a master; write HOST:PORT or http://HOST:PORT", nameof(text));
        }

        var namesPort = hasScheme || text.AsSpan(text.LastIndexOf(']') + 1).Contains(':');
        return new UriBuilder(Uri.UriSchemeHttp, uri.Host, namesPort ? uri.Port : DefaultPort).Uri;
    }

    /// <summary>Where a redirect leads. Masters write <c>//HOST:PORT/path</c>, which <see cref="Uri"/> takes for the name of a file.</summary>
    /// <exception cref="HttpRequestException">It leads nowhere.</exception>
    public static Uri Follow(Uri from, string location)
    {
        var absolute = location.StartsWith("//", StringComparison.Ordinal) ? $"{from.Scheme}:{location}" : location;
        return Uri.TryCreate(absolute, UriKind.Absolute, out var to) && to.Scheme == Uri.UriSchemeHttp
            ? to
            : throw new HttpRequestException($"{from.Authority} redirects to '{location}', which is no address");
    }
}
