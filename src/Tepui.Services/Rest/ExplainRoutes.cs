using Tepui.Services.Loop;
using Tepui.Services.Rest.Http;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Rest;

/// <summary>Why instances of an app or pod wait.</summary>
internal sealed class ExplainRoutes(ServicesLoop loop)
{
    /// <summary>Adds the route.</summary>
    public void Map(RestRouter router) => router.Map("GET", "/v2/explain/{id*}", ExplainAsync);

    private async Task ExplainAsync(RestCall call)
    {
        var view = await loop.ViewAsync(call.Cancel);
        await (view.Tree.Spec(call.Id) is { } spec
            ? RestAnswer.JsonAsync(call.Context, json => ExplainJson.Write(json, view, spec))
            : RestAnswer.MissingAsync(call.Context, "App", call.Id.Value));
    }
}
