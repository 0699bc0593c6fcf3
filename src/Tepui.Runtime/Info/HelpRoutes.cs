using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Http;

namespace Tepui.Runtime.Info;

/// <summary><c>/help</c> lists the paths of a component, <c>/__processes__</c> names it. Map them last.</summary>
/// <param name="component">The component's id, as in <c>master</c> or <c>slave(1)</c>.</param>
public sealed class HelpRoutes(string component)
{
    /// <summary>Adds the routes.</summary>
    public void Map(MesosRouter router)
    {
        router.MapGlobal("/help", context => HelpAsync(context, router.Paths));
        router.MapGlobal("/__processes__", ProcessesAsync);
    }

    private Task HelpAsync(HttpContext context, IReadOnlyList<string> paths)
    {
        if (context.Request.Query["format"] == "json")
        {
            return Answer.JsonAsync(context, output => JsonText.Write(output, json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("processes");
                json.WriteStartObject();
                json.WriteString("id", component);
                json.WriteStartArray("endpoints");
                foreach (var path in paths)
                {
                    json.WriteStartObject();
                    json.WriteString("name", path);
                    json.WriteString("text", "");
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
            }));
        }

        var links = string.Concat(paths.Select(WebUtility.HtmlEncode).Select(p => $"<li><a href=\"{p}\">{p}</a></li>\n"));
        return Answer.BytesAsync(context, "text/html", Encoding.UTF8.GetBytes($"<!DOCTYPE html><html><head><title>{component}</title></head><body><h1>{component}</h1>\n<ul>\n{links}</ul></body></html>\n"));
    }

    private Task ProcessesAsync(HttpContext context) => Answer.JsonAsync(context, output => JsonText.Write(output, json =>
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteStartArray("events");
        json.WriteEndArray();
        json.WriteString("id", component);
        json.WriteEndObject();
        json.WriteEndArray();
    }));
}
