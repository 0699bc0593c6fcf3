using Tepui.Frameworks.Rest;
using Tepui.Runtime.Rest;

namespace Tepui.Services.Rest;

/// <summary>All routes of the API. The order matters where one pattern covers another: special ones come first.</summary>
internal static class ServicesRouter
{
    /// <summary>Puts the routes together.</summary>
    public static RestRouter Build(RestParts parts)
    {
        var router = new RestRouter(parts.Api);
        var commands = new RestCommands(parts.Loop);
        new AppTaskRoutes(parts.Loop, commands).Map(router);
        new AppVersionRoutes(parts.Loop).Map(router);
        new AppRoutes(parts.Loop, commands).Map(router);
        new TaskRoutes(parts.Loop, commands).Map(router);
        new PodStatusRoutes(parts.Loop, commands).Map(router);
        new PodRoutes(parts.Loop, commands, parts.Identity).Map(router);
        new GroupVersionRoutes(parts.Loop).Map(router);
        new GroupRoutes(parts.Loop, commands, new Forecasts(parts.Loop, parts.Free, parts.Settings.Core, parts.Options.Time)).Map(router);
        new DeploymentRoutes(parts.Loop, commands, parts.Options.Time).Map(router);
        new QueueRoutes(parts.Loop, commands).Map(router);
        new ExplainRoutes(parts.Loop, parts.Free, parts.Settings.Core).Map(router);
        new EventRoutes(parts.Events, parts.Settings.EventsWaitingMax, parts.Options.Time, parts.Logger, parts.Stopping).Map(router);
        new CallbackRoutes(parts.Loop, commands).Map(router);
        PingRoutes.Map(router);
        new InfoRoutes(parts.Loop, parts.Settings, parts.Identity, parts.Events).Map(router);
        new MetricRoutes(async cancel => parts.Metrics.Read(await parts.Loop.ViewAsync(cancel)))
        {
            PrometheusOff = parts.Settings.ServePrometheus ? null : "The Prometheus reporter is off (--disable_metrics_prometheus)",
        }.Map(router);
        new LoggingRoutes(parts.Options.LoggingLevel).Map(router);
        new ConfigRoutes(parts.Settings).Map(router);
        new HelpRoutes(router, "Tepui services: API", "/v2/openapi.json").Map(router);
        OpenApiRoutes.Map(router);
        return router;
    }
}
