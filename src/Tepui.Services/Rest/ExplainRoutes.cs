using Tepui.Runtime.Rest;
using Tepui.Services.Core;
using Tepui.Services.Core.Explaining;
using Tepui.Services.Loop;
using Tepui.Services.Rest.Json;
using Tepui.Services.Scheduling;

namespace Tepui.Services.Rest;

/// <summary>Why instances of an app or pod wait.</summary>
internal sealed class ExplainRoutes(ServicesLoop loop, FreeResources free, ServicesOptions options)
{
    /// <summary>Adds the route.</summary>
    public void Map(RestRouter router) => router.Map("GET", "/v2/explain/{id*}", ExplainAsync);

    private async Task ExplainAsync(RestCall call)
    {
        var offers = await free.AskAsync(call.Cancel);
        var view = await loop.ViewAsync(call.Cancel);
        if (view.Tree.Spec(call.Id) is not { } spec)
        {
            await ServicesErrors.MissingAsync(call.Context, "App", call.Id.Value);
            return;
        }

        var explanation = Explainer.Explain(view, spec, options, offers);
        await RestAnswer.JsonAsync(call.Context, json => ExplainJson.Write(json, view, spec, explanation));
    }
}
