using System.Text;
using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;

namespace Tepui.Frameworks.Rest;

/// <summary>A page that lists what can be asked.</summary>
/// <param name="router">The routes to list.</param>
/// <param name="title">Of the page, as in <c>Tepui services: API</c>.</param>
/// <param name="document">Path of the full description.</param>
public sealed class HelpRoutes(RestRouter router, string title, string document)
{
    /// <summary>Adds the route.</summary>
    public void Map(RestRouter added) => added.Map("GET", "/help", HelpAsync);

    private Task HelpAsync(RestCall call)
    {
        var html = new StringBuilder($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body><h1>{title}</h1><table>");
        foreach (var (method, template) in router.Routes)
        {
            html.Append("<tr><td>").Append(method).Append("</td><td><code>").Append(template.Replace("*}", "}", StringComparison.Ordinal)).Append("</code></td></tr>");
        }

        html.Append($"</table><p>In full: <a href=\"{document}\">{document}</a></p></body></html>");
        return RestAnswer.TextAsync(call.Context, StatusCodes.Status200OK, "text/html;charset=utf-8", html.ToString());
    }
}
