using Tepui.Services.Core;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Matching;
using Tepui.Services.Loop;
using Tepui.Services.Scheduling;

namespace Tepui.Services.Rest;

/// <summary>Where the instances of a planned change would go.</summary>
internal sealed class Forecasts(ServicesLoop loop, FreeResources free, ServicesOptions options, TimeProvider time)
{
    /// <summary>Judged by what is free now.</summary>
    public async Task<IReadOnlyList<ForecastPlacement>> OfAsync(CommandOutcome.Planned planned, CancellationToken cancel)
    {
        if (planned.Steps.Count == 0)
        {
            return [];
        }

        var offers = await free.AskAsync(cancel);
        var view = await loop.ViewAsync(cancel);
        return PlacementForecast.Of(options, view.Framework, time.GetUtcNow(), planned, view.Instances, offers);
    }
}
