using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Frameworks;
using Tepui.Agent.Core.Recovery;
using Tepui.Agent.Core.Tasks;
using Tepui.Agent.Core.Updates;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Checkpoints;
using Tepui.Protocol.Link;
using Kind = Tepui.Protocol.Link.MasterFrame.MessageOneofCase;

namespace Tepui.Agent.Core.Registration;

/// <summary>Obeys one master at a time: the one of the open link, unless a later one has been seen.</summary>
internal static class MasterFrames
{
    public static void Handle(Turn turn, LinkId link, MasterFrame frame)
    {
        var master = turn.State.Master;
        if (master.Link != link || turn.State.Leaving.IsLeaving)
        {
            return;
        }

        if (frame.Epoch < master.Epoch)
        {
            Admission.Close(turn);
            return;
        }

        if (frame.Epoch > master.Epoch)
        {
            master.Epoch = frame.Epoch;
            turn.Persist(Keys.Epoch, new EpochEntry { Epoch = frame.Epoch });
        }

        switch (frame.MessageCase)
        {
            case Kind.Registered: Admission.Registered(turn, frame.Registered); break;
            case Kind.Reregistered: Admission.Reregistered(turn, frame.Reregistered); break;
            case Kind.Ping: Admission.Ping(turn, link, frame.Ping); break;
            case Kind.Shutdown: Leave.ShutDown(turn, frame.Shutdown.Message); break;
            default: Command(turn, frame); break;
        }
    }

    /// <summary>What only a master that has admitted this agent may say.</summary>
    private static void Command(Turn turn, MasterFrame frame)
    {
        if (!turn.State.Master.Registered)
        {
            return;
        }

        switch (frame.MessageCase)
        {
            case Kind.RunTask: Launch.Task(turn, frame.RunTask); break;
            case Kind.RunTaskGroup: Launch.Group(turn, frame.RunTaskGroup); break;
            case Kind.KillTask: TaskKill.FromMaster(turn, frame.KillTask); break;
            case Kind.AcknowledgeStatus: UpdateStreams.Acknowledge(turn, frame.AcknowledgeStatus); break;
            case Kind.ShutdownExecutor: ExecutorLife.ShutDown(turn, frame.ShutdownExecutor); break;
            case Kind.ShutdownFramework: FrameworkLife.ShutDown(turn, FrameworkId.From(frame.ShutdownFramework.FrameworkId)); break;
            case Kind.FrameworkMessage: ExecutorCalls.MessageFromFramework(turn, frame.FrameworkMessage); break;
            case Kind.UpdateFramework: FrameworkLife.Update(turn, frame.UpdateFramework); break;
            default: break;
        }
    }
}
