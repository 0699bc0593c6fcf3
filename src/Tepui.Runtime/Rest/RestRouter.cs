using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Tepui.Runtime.Rest;

/// <summary>Answers one request of a route.</summary>
public delegate Task RestHandler(RestCall call);

/// <summary>Finds the handler of a path and method. Resources are tried in the order they were added: special ones first.</summary>
/// <remarks>
/// Where the first that matches does not take the method, later ones may: a name can read like a word of a special path.
/// Those with a <c>{name*}</c> are passed over then; they match below any path, and it would do to one thing what was asked of another.
/// </remarks>
/// <param name="api">What is the API's own.</param>
public sealed class RestRouter(RestApi api)
{
    private readonly List<RestResource> _resources = [];

    /// <summary>All routes, in order; for the OpenAPI document and its test.</summary>
    public IEnumerable<(string Method, string Template)> Routes => _resources.SelectMany(resource => resource.Handlers.Keys.Select(method => (method, resource.Template)));

    /// <summary>Adds a route.</summary>
    /// <param name="method">Of HTTP.</param>
    /// <param name="template">Path; <c>{name}</c> stands for one segment, <c>{name*}</c> for one or more.</param>
    /// <param name="handler">Answers.</param>
    public RestRouter Map(string method, string template, RestHandler handler)
    {
        var resource = _resources.Find(known => known.Template == template);
        if (resource is null)
        {
            _resources.Add(resource = new RestResource(template));
        }

        resource.Handlers.Add(method, handler);
        return this;
    }

    /// <summary>Answers a request this router knows; gives <see langword="false"/> for any other.</summary>
    public async Task<bool> TryServeAsync(HttpContext context)
    {
        var path = Normalised(context.Request.Path.Value ?? "/");
        var matching = new List<RestResource>();
        foreach (var resource in _resources)
        {
            if ((matching.Count > 0 && resource.TakesRest) || resource.Match(path) is not { } values)
            {
                continue;
            }

            if (resource.Find(context.Request.Method) is { } handler)
            {
                await handler(new RestCall(context, values, api));
                return true;
            }

            matching.Add(resource);
        }

        if (matching.Count == 0)
        {
            return false;
        }

        await RefuseAsync(context, matching);
        return true;
    }

    private Task RefuseAsync(HttpContext context, IEnumerable<RestResource> matching)
    {
        context.Response.Headers.Allow = RestResource.Allow(matching.SelectMany(resource => resource.Handlers.Keys));
        return HttpMethods.IsOptions(context.Request.Method)
            ? RestAnswer.EmptyAsync(context, StatusCodes.Status200OK)
            : api.ErrorAsync(context, StatusCodes.Status405MethodNotAllowed, ReasonPhrases.GetReasonPhrase(StatusCodes.Status405MethodNotAllowed));
    }

    // Clients put ids that begin with a slash behind a slash, escape the slashes of ids, and end paths with one.
    private static string Normalised(string path)
    {
        path = path.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        while (path.Contains("//", StringComparison.Ordinal))
        {
            path = path.Replace("//", "/", StringComparison.Ordinal);
        }

        return path.Length > 1 ? path.TrimEnd('/') : path;
    }
}
