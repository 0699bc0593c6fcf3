using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tepui.Agent.Checkpoints;
using Tepui.Agent.Containers;
using Tepui.Agent.Core;
using Tepui.Agent.Files;
using Tepui.Agent.Http;
using Tepui.Agent.Http.Executors;
using Tepui.Agent.Http.Operator;
using Tepui.Agent.Http.State;
using Tepui.Agent.Links;
using Tepui.Agent.Loop;
using Tepui.Agent.Metrics;
using Tepui.Containers;
using Tepui.Model.Identifiers;
using Tepui.Runtime.Files;
using Tepui.Runtime.Http;
using Tepui.Runtime.Info;
using Tepui.Runtime.Logs;

namespace Tepui.Agent;

/// <summary>All parts of an agent's shell, put together.</summary>
/// <param name="Loop">Where the core runs.</param>
/// <param name="Links">To the master.</param>
/// <param name="Containers">To the containerizer.</param>
/// <param name="Metrics">What is counted.</param>
/// <param name="Routes">What is served.</param>
internal sealed record AgentShell(AgentLoop Loop, MasterLinks Links, ContainerDoor Containers, AgentMetrics Metrics, MesosRouter Routes)
{
    /// <summary>Puts the parts together.</summary>
    /// <param name="settings">As configured.</param>
    /// <param name="agent">Who it is.</param>
    /// <param name="core">After its recovery.</param>
    /// <param name="checkpoints">What it finds again.</param>
    /// <param name="containerizer">Connected.</param>
    /// <param name="files">Shows sandboxes and the log.</param>
    /// <param name="stop">Ends the agent.</param>
    /// <param name="logger">Log.</param>
    /// <param name="stopping">Ends streams.</param>
    public static AgentShell Build(
        AgentSettings settings,
        AgentIdentity agent,
        AgentCore core,
        CheckpointStore checkpoints,
        Containerizer containerizer,
        VirtualFiles files,
        Action<AgentEnd> stop,
        ILogger logger,
        CancellationToken stopping)
    {
        var time = settings.Time;
        AgentLoop? loop = null;
        var sandboxes = new SandboxFiles(files, settings.WorkDirectory);
        sandboxes.ShowAll();
        sandboxes.ShowAs(AgentId.From(core.View(time.GetUtcNow()).Info.Id));
        var links = new MasterLinks(
            MasterPlace.ReadAll(settings.Master),
            new RetryWaits(settings.RegistrationBackoffFactor),
            (input, cancel) => loop!.PostAsync(input, cancel),
            containerizer.SampleUsage,
            sandboxes.ShowAs,
            time,
            logger);
        var containers = new ContainerDoor(containerizer, settings.WorkDirectory, logger);
        var executors = new ExecutorStreams(logger, time);
        loop = new AgentLoop(core, checkpoints, new Outside(links, containers, executors, stop), time, logger);

        var metrics = new AgentMetrics(agent, time, settings.GcDelay, settings.GcDiskHeadroom);
        var reads = new ContainerReads(containerizer.Statistics, time);
        var logging = settings.LoggingLevel ?? new LoggingLevel(time: time);
        var router = new MesosRouter(agent.Name);
        router.Map("/api/v1/executor", new ExecutorEndpoint(loop, executors, stopping).ServeAsync);
        RequestDelegate operation = new OperatorEndpoint(loop, new OperatorReads(agent, metrics, reads, logging), files, logging).ServeAsync;
        router.Map("/api/v1", operation);
        router.MapBelow("/api/v1", operation);
        new ReadRoutes(loop, agent, metrics, reads).Map(router);
        new FileRoutes(files).Map(router);
        new LoggingRoutes(logging).Map(router);
        new HelpRoutes(agent.Name).Map(router);
        if (agent.LogFile is { } log)
        {
            files.Attach("/slave/log", log);
        }

        return new(loop, links, containers, metrics, router);
    }
}
