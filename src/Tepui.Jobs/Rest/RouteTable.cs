using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>Adds routes below a prefix.</summary>
internal sealed class RouteTable(RestRouter router, string prefix)
{
    /// <summary>Adds a route.</summary>
    /// <param name="method">Of HTTP.</param>
    /// <param name="template">Path behind the prefix.</param>
    /// <param name="handler">Answers.</param>
    public RouteTable Map(string method, string template, RestHandler handler)
    {
        router.Map(method, prefix + template, handler);
        return this;
    }
}
