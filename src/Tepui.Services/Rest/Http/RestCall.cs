using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;
using Tepui.Services.Core;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Rest.Http;

/// <summary>One request as its handler sees it.</summary>
/// <param name="context">The request.</param>
/// <param name="values">What the parts in braces of the route stand for.</param>
internal sealed class RestCall(HttpContext context, IReadOnlyDictionary<string, string> values)
{
    /// <summary>The request.</summary>
    public HttpContext Context { get; } = context;

    /// <summary>The client left.</summary>
    public CancellationToken Cancel => Context.RequestAborted;

    /// <summary>The app, pod or group of the address, absolute.</summary>
    public PathId Id => PathId.Resolve(this["id"], PathId.Root);

    /// <summary>Who asked, for events.</summary>
    public Origin Origin => new(Context.Connection.RemoteIpAddress?.MapToIPv4IfMapped() ?? "", Context.Request.Path.Value ?? "/");

    /// <summary>What a part in braces of the route stands for.</summary>
    public string this[string name] => values.GetValueOrDefault(name, "");

    /// <summary>A yes or no of the query; anything but <c>true</c> is no.</summary>
    public bool Flag(string name, bool standard) => Context.Request.Query.TryGetValue(name, out var value)
        ? string.Equals(value[^1], "true", StringComparison.OrdinalIgnoreCase)
        : standard;

    /// <summary>Whether answers may hold more than Marathon's: there are clients that refuse any member or event they do not know.</summary>
    public bool WantsExtras => Flag("extras", false) || string.Equals(Context.Request.Headers["X-Tepui-Extras"], "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>A text of the query, or <see langword="null"/>.</summary>
    public string? Text(string name) => Context.Request.Query.TryGetValue(name, out var value) && value.Count > 0 ? value[^1] : null;

    /// <summary>All values of a parameter that may come often.</summary>
    public IReadOnlyList<string> All(string name) => [.. Context.Request.Query[name].OfType<string>()];
}
