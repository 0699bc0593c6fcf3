using Microsoft.AspNetCore.Http;
using Tepui.Runtime.Rest;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Specs;
using Tepui.Services.Loop;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Rest;

/// <summary>Versions of apps.</summary>
internal sealed class AppVersionRoutes(ServicesLoop loop)
{
    /// <summary>Adds the routes.</summary>
    public void Map(RestRouter router) => router
        .Map("GET", "/v2/apps/{id*}/versions", ListAsync)
        .Map("GET", "/v2/apps/{id*}/versions/{version}", GetAsync);

    private async Task ListAsync(RestCall call)
    {
        var view = await loop.ViewAsync(call.Cancel);
        if (view.Tree.App(call.Id) is null || view.VersionsOf(call.Id) is not { } versions)
        {
            await ServicesErrors.MissingAsync(call.Context, "App", call.Id.Value);
            return;
        }

        await RestAnswer.JsonAsync(call.Context, json =>
        {
            json.WriteStartObject();
            json.WriteTexts("versions"u8, versions.Select(Timestamps.Text));
            json.WriteEndObject();
        });
    }

    private async Task GetAsync(RestCall call)
    {
        if (!Timestamps.TryParse(call["version"], out var version))
        {
            await ServicesErrors.ErrorAsync(call.Context, StatusCodes.Status422UnprocessableEntity, $"The version '{call["version"]}' is no time; versions look like 2031-02-03T04:05:06.789Z");
            return;
        }

        var view = await loop.ViewAsync(call.Cancel);
        if (view.VersionOf(call.Id, version) is not AppSpec app)
        {
            await ServicesErrors.MissingAsync(call.Context, "App", call.Id.Value, view.Tree.App(call.Id) is null ? null : Timestamps.Text(version));
            return;
        }

        await RestAnswer.JsonAsync(call.Context, json =>
        {
            json.WriteStartObject();
            AppDocument.WriteMembers(json, app);
            json.WriteEndObject();
        });
    }
}
