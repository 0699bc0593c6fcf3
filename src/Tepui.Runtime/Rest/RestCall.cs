using Microsoft.AspNetCore.Http;

namespace Tepui.Runtime.Rest;

/// <summary>One request as its handler sees it.</summary>
/// <param name="context">The request.</param>
/// <param name="values">What the parts in braces of the route stand for.</param>
/// <param name="api">What is the API's own.</param>
public sealed class RestCall(HttpContext context, IReadOnlyDictionary<string, string> values, RestApi api)
{
    /// <summary>The request.</summary>
    public HttpContext Context { get; } = context;

    /// <summary>The client left.</summary>
    public CancellationToken Cancel => Context.RequestAborted;

    /// <summary>What is the API's own.</summary>
    public RestApi Api { get; } = api;

    /// <summary>Address of who asks; empty when it is not known.</summary>
    public string ClientAddress => Context.Connection.RemoteIpAddress?.MapToIPv4IfMapped() ?? "";

    /// <summary>What a part in braces of the route stands for.</summary>
    public string this[string name] => values.GetValueOrDefault(name, "");

    /// <summary>A yes or no of the query; anything but <c>true</c> is no.</summary>
    public bool Flag(string name, bool standard) => Context.Request.Query.TryGetValue(name, out var value)
        ? string.Equals(value[^1], "true", StringComparison.OrdinalIgnoreCase)
        : standard;

    /// <summary>Whether answers may hold more than the API's own: there are clients that refuse any member or event they do not know.</summary>
    public bool WantsExtras => Flag("extras", false) || string.Equals(Context.Request.Headers["X-Tepui-Extras"], "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>A text of the query, or <see langword="null"/>.</summary>
    public string? Text(string name) => Context.Request.Query.TryGetValue(name, out var value) && value.Count > 0 ? value[^1] : null;

    /// <summary>All values of a parameter that may come often.</summary>
    public IReadOnlyList<string> All(string name) => [.. Context.Request.Query[name].OfType<string>()];
}
