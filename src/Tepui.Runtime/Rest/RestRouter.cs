using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Tepui.Runtime.Rest;

/// <summary>Answers one request of a route.</summary>
public delegate Task RestHandler(RestCall call);

/// <summary>Finds the handler of a path and method. Resources are tried in the order they were added: special ones first.</summary>
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
        foreach (var resource in _resources)
        {
            if (resource.Match(path) is not { } values)
            {
                continue;
            }

            await ServeAsync(context, resource, values);
            return true;
        }

        return false;
    }

    private Task ServeAsync(HttpContext context, RestResource resource, IReadOnlyDictionary<string, string> values)
    {
        var method = context.Request.Method;
        if (resource.Handlers.TryGetValue(method, out var handler) || (HttpMethods.IsHead(method) && resource.Handlers.TryGetValue(HttpMethods.Get, out handler)))
        {
            return handler(new RestCall(context, values, api));
        }

        context.Response.Headers.Allow = resource.Allow;
        return HttpMethods.IsOptions(method) ? RestAnswer.EmptyAsync(context, StatusCodes.Status200OK) : api.ErrorAsync(context, StatusCodes.Status405MethodNotAllowed, ReasonPhrases.GetReasonPhrase(StatusCodes.Status405MethodNotAllowed));
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
