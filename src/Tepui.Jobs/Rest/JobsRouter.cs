using Tepui.Frameworks.Rest;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>All routes of the API. Those of the scheduler are served below both <c>/v1/scheduler</c> and <c>/scheduler</c>, as clients of either generation ask.</summary>
internal static class JobsRouter
{
    /// <summary>Of Chronos 3, and of those before it.</summary>
    public static readonly IReadOnlyList<string> Prefixes = ["/v1/scheduler", "/scheduler"];

    /// <summary>Puts the routes together. The order matters where one pattern covers another: special ones come first.</summary>
    public static RestRouter Build(RestParts parts)
    {
        var router = new RestRouter(parts.Api);
        var commands = new RestCommands(parts.Loop);
        foreach (var prefix in Prefixes)
        {
            var routes = new RouteTable(router, prefix);
            new SubmitRoutes(parts, commands).Map(routes);
            new ListRoutes(parts, commands).Map(routes);
            new StatRoutes(parts).Map(routes);
            new JobRoutes(parts, commands).Map(routes);
            new RunRoutes(parts, commands).Map(routes);
            new TaskRoutes(commands).Map(routes);
            new ScheduleRoutes(parts).Map(routes);
            new GraphRoutes(parts).Map(routes);
            new InfoRoutes(parts).Map(routes);
            new EventRoutes(parts.Events, parts.Settings.EventsWaitingMax, parts.Options.Time, parts.Logger, parts.Stopping).Map(routes);
            OpenApiRoutes.Map(routes);
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
