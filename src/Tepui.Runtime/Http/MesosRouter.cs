using Microsoft.AspNetCore.Http;

namespace Tepui.Runtime.Http;

/// <summary>
/// Finds the handler of a path in an exact table. Routes of the component answer bare (<c>/state</c>) and prefixed
/// (<c>/master/state</c>, <c>/slave(1)/state</c>, also escaped); global ones (<c>/version</c>, <c>/files/read</c>) only bare.
/// Matching is case-sensitive, a trailing slash is ignored. Build it first, then serve: it is not changed while requests run.
/// </summary>
/// <param name="component">The component's name in prefixed paths, as in <c>master</c> or <c>slave(1)</c>.</param>
public sealed class MesosRouter(string component)
{
    private readonly Dictionary<string, RequestDelegate> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RequestDelegate> _global = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RequestDelegate> _prefixes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RequestDelegate> _globalPrefixes = new(StringComparer.Ordinal);
    private readonly string _prefix = "/" + component;

    /// <summary>The key of <see cref="HttpContext.Items"/> under which a prefix route finds the rest of the path, without the slash.</summary>
    public static object RestKey { get; } = new();

    /// <summary>All paths of this router, bare and sorted; for <c>/help</c> and the documentation.</summary>
    public IReadOnlyList<string> Paths =>
        [.. _exact.Keys.Concat(_global.Keys).Concat(_prefixes.Keys.Select(p => p + "/...")).Concat(_globalPrefixes.Keys.Select(p => p + "/...")).Order(StringComparer.Ordinal)];

    /// <summary>Adds a route of the component.</summary>
    /// <param name="path">Bare path, as in <c>/state</c>.</param>
    /// <param name="handler">Answers it, whatever the method.</param>
    public MesosRouter Map(string path, RequestDelegate handler)
    {
        _exact.Add(path, handler);
        return this;
    }

    /// <summary>Adds a route that exists only bare.</summary>
    public MesosRouter MapGlobal(string path, RequestDelegate handler)
    {
        _global.Add(path, handler);
        return this;
    }

    /// <summary>Adds a route for all paths below <paramref name="path"/> that have no route of their own; the longest wins. The rest is in <see cref="Rest"/>.</summary>
    public MesosRouter MapBelow(string path, RequestDelegate handler)
    {
        _prefixes.Add(path, handler);
        return this;
    }

    /// <summary><see cref="MapBelow"/> for a route that exists only bare.</summary>
    public MesosRouter MapGlobalBelow(string path, RequestDelegate handler)
    {
        _globalPrefixes.Add(path, handler);
        return this;
    }

    /// <summary>What follows the path of a <see cref="MapBelow"/> route, as in <c>ROLE</c> of <c>/quota/ROLE</c>.</summary>
    public static string Rest(HttpContext context) => context.Items.TryGetValue(RestKey, out var rest) ? (string)rest! : "";

    /// <summary>The path without the component's prefix, as in <c>/state</c>; what redirects and logs name.</summary>
    public string Bare(string path) =>
        path.Length > _prefix.Length && path[_prefix.Length] == '/' && path.StartsWith(_prefix, StringComparison.Ordinal)
            ? path[_prefix.Length..]
            : path;

    /// <summary>Finds the handler of a decoded path.</summary>
    /// <param name="path">Decoded path of the request.</param>
    /// <param name="rest">For a route over a whole subtree: what follows it.</param>
    /// <returns>The handler, or <see langword="null"/> when the path is not ours.</returns>
    public RequestDelegate? Find(string path, out string rest)
    {
        rest = "";
        if (path.Length > 1 && path[^1] == '/')
        {
            path = path.TrimEnd('/');
        }

        if (_exact.TryGetValue(path, out var handler) || _global.TryGetValue(path, out handler))
        {
            return handler;
        }

        var bare = Bare(path);
        if (!ReferenceEquals(bare, path) && _exact.TryGetValue(bare, out handler))
        {
            return handler;
        }

        return Below(_globalPrefixes, path, out rest) ?? Below(_prefixes, bare, out rest);
    }

    /// <summary>Serves a request this router knows; passes on any other.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var handler = Find(Decoded(context.Request), out var rest);
        if (handler is null)
        {
            return next(context);
        }

        if (rest.Length > 0)
        {
            context.Items[RestKey] = rest;
        }

        return handler(context);
    }

    private static RequestDelegate? Below(Dictionary<string, RequestDelegate> routes, string path, out string rest)
    {
        for (var slash = path.LastIndexOf('/'); routes.Count > 0 && slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            if (routes.TryGetValue(path[..slash], out var handler))
            {
                rest = path[(slash + 1)..];
                return handler;
            }
        }

        rest = "";
        return null;
    }

    private static string Decoded(HttpRequest request) => request.Path.Value ?? "/";
}
