using Microsoft.AspNetCore.Http;

namespace Tepui.Web.Commands;

/// <summary>Tells requests of our own pages from those that another site makes a browser send.</summary>
public static class SameOrigin
{
    /// <summary>Whether a browser says that the request comes from our own pages. One that says nothing is not believed: programs have the REST API.</summary>
    public static bool Allows(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site == "same-origin";
        }

        var origin = request.Headers.Origin.ToString();
        return Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && string.Equals(from.IsDefaultPort ? from.Host : from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
