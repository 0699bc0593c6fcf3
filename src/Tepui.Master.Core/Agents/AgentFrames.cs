using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Frameworks;
using Tepui.Master.Core.Tasks;
using Tepui.Protocol.Link;
using Kind = Tepui.Protocol.Link.AgentFrame.MessageOneofCase;

namespace Tepui.Master.Core.Agents;

/// <summary>Frames from agents: where they go.</summary>
internal static class AgentFrames
{
    /// <summary>Handles one frame. What comes over a link that nobody registered on, or lacks what it must have, is dropped.</summary>
    public static void Handle(Turn turn, LinkId link, AgentFrame frame)
    {
        switch (frame.MessageCase)
        {
            case Kind.Register:
                Registration.Register(turn, link, frame.Register);
                return;
            case Kind.Reregister:
                Reregistration.Reregister(turn, link, frame.Reregister);
                return;
        }

        if (turn.State.Agents.Find(link) is not { } agent || !IsWhole(frame))
        {
            turn.State.Counters.Add(CounterNames.DroppedMessages);
            return;
        }

        switch (frame.MessageCase)
        {
            case Kind.Pong:
                Pings.Answered(turn, agent, frame.Pong);
                break;
            case Kind.StatusUpdate:
                Updates.Arrived(turn, agent, frame.StatusUpdate);
                break;
            case Kind.ExecutorExited:
                ExecutorBook.Exited(turn, agent, frame.ExecutorExited);
                break;
            case Kind.ExecutorMessage:
                Messages.ToFramework(turn, agent, frame.ExecutorMessage);
                break;
            case Kind.Unregister:
                AgentRemoval.Unregister(turn, agent);
                break;
            default:
                turn.State.Counters.Add(CounterNames.DroppedMessages);
                break;
        }
    }

    private static bool IsWhole(AgentFrame frame) => frame.MessageCase switch
    {
        Kind.StatusUpdate => frame.StatusUpdate is { FrameworkId: not null, Status.TaskId: not null },
        Kind.ExecutorExited => frame.ExecutorExited is { FrameworkId: not null, ExecutorId: not null },
        Kind.ExecutorMessage => frame.ExecutorMessage is { FrameworkId: not null, ExecutorId: not null },
        _ => true,
    };
}
