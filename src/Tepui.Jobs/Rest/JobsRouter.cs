using Tepui.Frameworks.Rest;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>All routes of the API. Those of the scheduler are served below both <c>/v1/scheduler</c> and <c>/scheduler</c>, as clients of either generation ask.</summary>
internal static class JobsRouter
{
    /// <summary>Puts the routes together. The order matters where one pattern covers another: special ones come first.</summary>
    public static RestRouter Build(RestParts parts)
    {
        var router = new RestRouter(parts.Api);
        var events = new EventRoutes(parts.Events, parts.Settings.EventsWaitingMax, parts.Options.Time, parts.Logger, parts.Stopping);
        var leader = new LeaderRoutes(parts.Identity);
        foreach (var prefix in new[] { "/v1/scheduler", "/scheduler" })
        {
            leader.Map(router, prefix);
            events.Map(router, prefix);
        }

        PingRoutes.Map(router);
        new MetricRoutes(async cancel => parts.Metrics.Read(await parts.Loop.ViewAsync(cancel)))
        {
            Print = parts.Metrics.Print,
            Histograms = parts.Metrics.Histograms,
        }.Map(router);
        new LoggingRoutes(parts.Options.LoggingLevel).Map(router);
        new HelpRoutes(router, "Tepui jobs: API", "/v1/scheduler/openapi.json").Map(router);
        return router;
    }
}
