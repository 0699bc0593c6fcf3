using Microsoft.AspNetCore.Http;

namespace Tepui.Runtime.Rest;

/// <summary>Keeps pages of other sites from changing anything through the browser of somebody who may. Programs are not browsers and send none of these headers.</summary>
public static class CrossSite
{
    /// <summary>Whether a browser asks if a page may make a request.</summary>
    public static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.ContainsKey("Origin") && request.Headers.ContainsKey("Access-Control-Request-Method");

    /// <summary>Why a request may not pass, or <see langword="null"/>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="allowed">Origins that browsers may call from; <c>*</c> for all.</param>
    public static string? Problem(HttpRequest request, IReadOnlyList<string> allowed)
    {
        var (site, origin) = (request.Headers["Sec-Fetch-Site"].ToString(), request.Headers.Origin.ToString());
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || (origin.Length > 0 && IsAmong(origin, allowed)))
        {
            return null;
        }

        if (site is "cross-site" or "same-site")
        {
            return $"{request.Method} from a page of another site{(origin.Length > 0 ? $" ({Shown(origin)})" : "")} is refused; origins that may call are named by --access_control_allow_origin";
        }

        return origin.Length > 0 && site is not "same-origin" && !IsOwn(origin, request.Host)
            ? $"{request.Method} from a page of {Shown(origin)} is refused; only {request.Host} and origins named by --access_control_allow_origin may call"
            : null;
    }

    /// <summary>Whether an origin is one of those allowed; <c>*</c> stands for all.</summary>
    public static bool IsAmong(string origin, IReadOnlyList<string> allowed) =>
        allowed.Any(one => one == "*" || one.TrimEnd('/').Equals(origin, StringComparison.OrdinalIgnoreCase));

    // The server does not see which scheme a proxy before it speaks: a host without port stands for the usual one of either.
    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase)
        && (host.Port is { } port ? uri.Port == port : uri.IsDefaultPort);

    private static string Shown(string text) => text.Length <= 100 ? text : text[..100] + "...";
}
