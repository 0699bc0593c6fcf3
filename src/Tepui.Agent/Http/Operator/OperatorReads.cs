using Tepui.Agent.Core.Views;
using Tepui.Agent.Http.State;
using Tepui.Agent.Metrics;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Agent;
using Tepui.Runtime.Logs;
using static Tepui.Protocol.V1.Agent.Response.Types;
using Kind = Tepui.Protocol.V1.Agent.Call.Types.Type;

namespace Tepui.Agent.Http.Operator;

/// <summary>Answers the calls that only read.</summary>
internal sealed class OperatorReads(AgentIdentity agent, AgentMetrics metrics, ContainerReads containers, LoggingLevel logging)
{
    /// <summary>The answer, or <see langword="null"/> when the call does not read.</summary>
    public Response? Answer(Call call, AgentView view) => call.Type switch
    {
        Kind.GetHealth => new() { Type = Response.Types.Type.GetHealth, GetHealth = new() { Healthy = true } },
        Kind.GetFlags => Flags(),
        Kind.GetVersion => new() { Type = Response.Types.Type.GetVersion, GetVersion = new() { VersionInfo = agent.Version } },
        Kind.GetMetrics => Metrics(view),
        Kind.GetLoggingLevel => new() { Type = Response.Types.Type.GetLoggingLevel, GetLoggingLevel = new() { Level = logging.Level } },
        Kind.GetState => new()
        {
            Type = Response.Types.Type.GetState,
            GetState = new() { GetTasks = TaskMessages.Of(view), GetExecutors = Executors(view), GetFrameworks = Frameworks(view) },
        },
        Kind.GetContainers => Containers(call.GetContainers, view),
        Kind.GetFrameworks => new() { Type = Response.Types.Type.GetFrameworks, GetFrameworks = Frameworks(view) },
        Kind.GetExecutors => new() { Type = Response.Types.Type.GetExecutors, GetExecutors = Executors(view) },
        Kind.GetOperations => new() { Type = Response.Types.Type.GetOperations, GetOperations = new() },
        Kind.GetTasks => new() { Type = Response.Types.Type.GetTasks, GetTasks = TaskMessages.Of(view) },
        Kind.GetAgent => new() { Type = Response.Types.Type.GetAgent, GetAgent = new() { AgentInfo = view.Info } },
        Kind.GetResourceProviders => new() { Type = Response.Types.Type.GetResourceProviders, GetResourceProviders = new() },
        _ => null,
    };

    private static GetFrameworks Frameworks(AgentView view)
    {
        var message = new GetFrameworks();
        message.Frameworks.AddRange(view.Frameworks.Select(framework => new GetFrameworks.Types.Framework { FrameworkInfo = framework.Info }));
        message.CompletedFrameworks.AddRange(view.CompletedFrameworks.Select(framework => new GetFrameworks.Types.Framework { FrameworkInfo = framework.Info }));
        return message;
    }

    private static GetExecutors Executors(AgentView view)
    {
        var message = new GetExecutors();
        message.Executors.AddRange(view.Frameworks.SelectMany(framework => framework.Executors).Select(Executor));
        message.CompletedExecutors.AddRange(view.Frameworks.Concat(view.CompletedFrameworks).SelectMany(framework => framework.CompletedExecutors).Select(Executor));
        return message;
    }

    private static GetExecutors.Types.Executor Executor(ExecutorView executor) => new() { ExecutorInfo = executor.Info };

    private Response Flags()
    {
        var message = new GetFlags();
        message.Flags.AddRange(agent.Flags.OrderBy(flag => flag.Key, StringComparer.Ordinal).Select(flag => new Flag { Name = flag.Key, Value = flag.Value }));
        return new() { Type = Response.Types.Type.GetFlags, GetFlags = message };
    }

    private Response Metrics(AgentView view)
    {
        var message = new GetMetrics();
        message.Metrics.AddRange(metrics.Snapshot(view).Select(metric => new Metric { Name = metric.Key, Value = metric.Value }));
        return new() { Type = Response.Types.Type.GetMetrics, GetMetrics = message };
    }

    private Response Containers(Call.Types.GetContainers? call, AgentView view)
    {
        var message = new GetContainers();
        message.Containers.AddRange(containers.List(view, call?.ShowNested ?? false).Select(Container));
        return new() { Type = Response.Types.Type.GetContainers, GetContainers = message };
    }

    private static GetContainers.Types.Container Container(ContainerRead container)
    {
        var info = container.Executor.Info;
        var message = new GetContainers.Types.Container
        {
            // A nested one is named here by its own part of the id; its status has the whole.
            ContainerId = container.IsNested ? new ContainerID { Value = container.Status.ContainerId.Value } : container.Status.ContainerId,
            ContainerStatus = container.Status,
            ResourceStatistics = container.Statistics,
        };
        if (!container.IsNested)
        {
            message.FrameworkId = info.FrameworkId;
            message.ExecutorId = info.ExecutorId;
            message.ExecutorName = info.Name;
        }

        return message;
    }
}
