using Microsoft.AspNetCore.Http;

namespace Tepui.Web.Live;

/// <summary>Sends a whole page, with what browsers have to know about it.</summary>
internal static class PageResponse
{
    public static Task WriteAsync(HttpResponse response, int status, string html, CancellationToken cancel)
    {
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        return response.WriteAsync(html, cancel);
    }
}
