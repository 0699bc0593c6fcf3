using System.Text;
using Microsoft.AspNetCore.Http;
using Tepui.Services.Rest.Http;

namespace Tepui.Services.Rest;

/// <summary>A page that lists what can be asked.</summary>
internal sealed class HelpRoutes(RestRouter router)
{
    /// <summary>Adds the route.</summary>
    public void Map(RestRouter added) => added.Map("GET", "/help", HelpAsync);

    private Task HelpAsync(RestCall call)
    {
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Tepui services: API</title></head><body><h1>Tepui services: API</h1><table>");
        foreach (var (method, template) in router.Routes)
        {
            html.Append("<tr><td>").Append(method).Append("</td><td><code>").Append(template.Replace("*}", "}", StringComparison.Ordinal)).Append("</code></td></tr>");
        }

        html.Append("</table><p>In full: <a href=\"/v2/openapi.json\">/v2/openapi.json</a></p></body></html>");
        return RestAnswer.TextAsync(call.Context, StatusCodes.Status200OK, "text/html;charset=utf-8", html.ToString());
    }
}
