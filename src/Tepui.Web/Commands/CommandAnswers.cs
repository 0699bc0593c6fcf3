using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tepui.Web.Layout;
using Tepui.Web.Live;

namespace Tepui.Web.Commands;

/// <summary>
/// What all addresses that take forms do alike. The script asks for JSON, where to go next or the content to show; without
/// script the answer is a redirect or a page.
/// </summary>
internal sealed class CommandAnswers(PageRenderer renderer)
{
    private const long BodyMax = 16 * 1024 * 1024;
    private static readonly FormOptions Form = new() { ValueCountLimit = 20_000, ValueLengthLimit = (int)BodyMax, KeyLengthLimit = 1024 };

    /// <summary>Reads the form of one of our own pages; null when it is none, which is then answered.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpContext context, CancellationToken cancel)
    {
        if (!SameOrigin.Allows(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "This request does not come from a page of this site. Programs use the REST API.", cancel);
            return null;
        }

        if (!context.Request.HasFormContentType)
        {
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "The body must be a form.", cancel);
            return null;
        }

        return await context.Request.ReadFormAsync(Form, cancel);
    }

    /// <summary>Leads to another page.</summary>
    public static Task LeadAsync(HttpContext context, string address, CancellationToken cancel)
    {
        if (WantsJson(context))
        {
            return context.Response.WriteAsync(new JsonObject { ["location"] = address }.ToJsonString(), cancel);
        }

        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = address;
        return Task.CompletedTask;
    }

    /// <summary>Shows a page in place of the present one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="page">The page.</param>
    /// <param name="address">Its address.</param>
    /// <param name="problem">Why what it shows cannot be read now, if so.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task ShowAsync(HttpContext context, PageContent page, string address, string? problem, CancellationToken cancel)
    {
        context.Response.StatusCode = page.Status;
        if (WantsJson(context))
        {
            await context.Response.WriteAsync(new JsonObject { ["html"] = await renderer.BodyAsync(page, problem), ["at"] = address }.ToJsonString(), cancel);
            return;
        }

        await PageResponse.WriteAsync(context.Response, page.Status, await renderer.DocumentAsync(page, address, problem), cancel);
    }

    /// <summary>Whether the script asks; the answer is then marked as JSON.</summary>
    public static bool WantsJson(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var wants = context.Request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal);
        if (wants)
        {
            context.Response.ContentType = "application/json";
        }

        return wants;
    }

    /// <summary>Says why nothing was done.</summary>
    public static Task RefuseAsync(HttpContext context, int status, string why, CancellationToken cancel)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(why, cancel);
    }
}
