using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Frameworks;
using Tepui.Agent.Core.Updates;
using Tepui.Protocol.Link;
using Task = Tepui.Protocol.V1.Task;
using TaskStatus = Tepui.Protocol.V1.TaskStatus;

namespace Tepui.Agent.Core.Registration;

/// <summary>The first frame of a link: who this agent is and, when it has been here before, all it has.</summary>
internal static class Hello
{
    // What ended before is for display only, and every agent of a pool tells of it after a failover.
    private const int TasksToldMax = 1000;

    public static AgentFrame First(Turn turn)
    {
        var register = new AgentFrame.Types.Register
        {
            AgentInfo = turn.State.Info,
            Version = turn.Options.Version,
            Ip = turn.Options.Ip,
        };
        register.Capabilities.Add(AgentCapabilities.All);
        return new AgentFrame { Register = register };
    }

    public static AgentFrame Again(Turn turn)
    {
        var reregister = new AgentFrame.Types.Reregister
        {
            AgentInfo = turn.State.Info,
            Version = turn.Options.Version,
            Ip = turn.Options.Ip,
            EpochSeen = turn.State.Master.Epoch,
        };
        reregister.Capabilities.Add(AgentCapabilities.All);
        foreach (var framework in turn.State.Frameworks.InOrder())
        {
            if (framework is { Info: not null, IsEnding: false })
            {
                Add(reregister, framework);
            }
        }

        reregister.CompletedFrameworks.Add(History.Newest(turn.State.Frameworks, TasksToldMax));
        return new AgentFrame { Reregister = reregister };
    }

    private static void Add(AgentFrame.Types.Reregister reregister, FrameworkRecord framework)
    {
        reregister.Frameworks.Add(framework.Info);
        foreach (var executor in ExecutorLife.InOrder(framework))
        {
            if (executor.Kind != ExecutorKind.Command && executor.State != ExecutorState.Terminated)
            {
                reregister.Executors.Add(executor.Info);
            }

            foreach (var task in ExecutorLife.TasksInOrder(executor))
            {
                reregister.Tasks.Add(task.ToWire());
            }
        }

        foreach (var stream in UpdateStreams.InOrder(framework))
        {
            if (stream is { Task: null, Oldest: { } oldest })
            {
                reregister.Tasks.Add(WithoutRecord(framework, stream, oldest));
            }
        }
    }

    /// <summary>A task that never came to anything here, and whose end the framework has not acknowledged.</summary>
    private static Task WithoutRecord(FrameworkRecord framework, UpdateStream stream, TaskStatus oldest) => new()
    {
        Name = stream.Id.Value,
        TaskId = stream.Id.ToWire(),
        FrameworkId = framework.Id.ToWire(),
        AgentId = oldest.AgentId,
        State = stream.Latest,
        StatusUpdateState = oldest.State,
        StatusUpdateUuid = oldest.Uuid,
    };
}
