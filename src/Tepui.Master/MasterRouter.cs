using Microsoft.Extensions.Logging;
using Tepui.Master.Core;
using Tepui.Master.Http.Operator;
using Tepui.Master.Http.Scheduler;
using Tepui.Master.Http.V0;
using Tepui.Master.Links;
using Tepui.Master.Loop;
using Tepui.Master.Metrics;
using Tepui.Master.Registry;
using Tepui.Runtime.Files;
using Tepui.Runtime.Http;
using Tepui.Runtime.Info;
using Tepui.Runtime.Link;
using Tepui.Runtime.Logs;
using Tepui.Runtime.Metrics;

namespace Tepui.Master;

/// <summary>All parts of a master's shell, put together: its loop, and the routes that lead to it.</summary>
internal sealed record MasterRouter(MasterLoop Loop, MesosRouter Routes)
{
    /// <summary>Puts the parts together.</summary>
    public static MasterRouter Build(
        MasterSettings settings,
        MasterHostOptions options,
        MasterIdentity identity,
        MasterCore core,
        MasterRegistry registry,
        MetricRegistry own,
        ILogger logger,
        CancellationToken stopping)
    {
        var time = options.Time;
        var schedulers = new SchedulerStreams();
        var operators = new OperatorSubscribers(settings.MaxOperatorEventStreamSubscribers);
        var links = new AgentLinks(logger);
        var loop = new MasterLoop(core, registry, new Outside(schedulers, operators, links), time, logger);
        var metrics = new MasterMetrics(loop, registry, links, schedulers, operators, identity, own, time);
        var commands = new OperatorCommands(loop, settings.Roles);
        var files = options.Files ?? new VirtualFiles();
        var logging = options.LoggingLevel ?? new LoggingLevel(time: time);
        own.AddSystem();
        if (identity.LogFile is { } log)
        {
            files.Attach("/master/log", log);
        }

        var router = new MesosRouter("master");
        var scheduler = new SchedulerEndpoint(loop, schedulers, time, logger, stopping);
        var streams = new OperatorStreams(loop, operators, settings.HeartbeatInterval, time, logger, stopping);
        var operation = new OperatorEndpoint(loop, new OperatorReads(identity, metrics, logging), commands, streams, files, logging);
        router.Map("/api/v1/scheduler", scheduler.ServeAsync);
        router.Map("/api/v1", operation.ServeAsync);
        router.MapBelow("/api/v1", operation.ServeAsync);
        router.MapGlobal(LinkProtocol.Path, context => links.ServeAsync(context, loop, stopping));
        new ReadRoutes(loop, identity, metrics, registry).Map(router);
        new WriteRoutes(loop, commands).Map(router);
        new FileRoutes(files).Map(router);
        new LoggingRoutes(logging).Map(router);
        new HelpRoutes("master").Map(router);
        return new MasterRouter(loop, router);
    }
}
