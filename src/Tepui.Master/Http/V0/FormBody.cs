using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Tepui.Runtime.Http;

namespace Tepui.Master.Http.V0;

/// <summary>Bodies of v0 calls.</summary>
internal static class FormBody
{
    /// <summary>The body as text; <see langword="null"/> after an error was answered.</summary>
    public static async Task<string?> TextAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context);
        return body is null ? null : Encoding.UTF8.GetString(body.WrittenSpan);
    }

    /// <summary>Values of a form (or of the query string, which some clients use); <see langword="null"/> after an error was answered.</summary>
    public static async Task<Func<string, string?>?> ReadAsync(HttpContext context)
    {
        if (await TextAsync(context) is not { } text)
        {
            return null;
        }

        var form = QueryHelpers.ParseQuery(text);
        return name => form.TryGetValue(name, out var value) && value.ToString().Length > 0 ? value.ToString()
            : context.Request.Query[name].ToString() is { Length: > 0 } inUrl ? inUrl
            : null;
    }
}
