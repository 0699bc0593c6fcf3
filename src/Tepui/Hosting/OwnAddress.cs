namespace Tepui.Hosting;

/// <summary>Addresses with which a scheduler's own page asks the scheduler and its master.</summary>
internal static class OwnAddress
{
    /// <summary>The first of the masters, as an address.</summary>
    public static Uri Master(IReadOnlyList<string> masters) => new(masters[0].Contains("://", StringComparison.Ordinal) ? masters[0] : $"http://{masters[0]}");

    /// <summary>Who sees the page has given the credentials; the page asks the scheduler with them.</summary>
    /// <param name="address">The scheduler.</param>
    /// <param name="credentials">USER:PASSWORD, if it wants them.</param>
    public static Uri With(Uri address, string? credentials)
    {
        if (credentials is null)
        {
            return address;
        }

        var colon = credentials.IndexOf(':', StringComparison.Ordinal);
        return new UriBuilder(address) { UserName = Uri.EscapeDataString(credentials[..colon]), Password = Uri.EscapeDataString(credentials[(colon + 1)..]) }.Uri;
    }
}
