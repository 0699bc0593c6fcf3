using Google.Protobuf;
using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Frameworks;
using Tepui.Protocol.Link;
using MasterEvent = Tepui.Protocol.V1.Master.Event;
using SchedulerEvent = Tepui.Protocol.V1.Scheduler.Event;

namespace Tepui.Master.Core;

/// <summary>One step under way: the state it changes, the time, and what shall happen outside so far.</summary>
internal sealed class Turn(MasterState state, DateTimeOffset now, List<MasterEffect> effects)
{
    /// <summary>The state of the master.</summary>
    public MasterState State { get; } = state;

    /// <summary>The time of this step.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>The time of this step as task statuses carry it, seconds since 1970.</summary>
    public double Timestamp => WireTime.Seconds(Now);

    /// <summary>Puts an entry into the registry, or removes it.</summary>
    public void Persist(string key, IMessage? entry) => effects.Add(new MasterEffect.Persist(key, entry));

    /// <summary>Sends an event to a framework if it is connected.</summary>
    public void Send(Framework framework, SchedulerEvent happened)
    {
        if (framework.Stream is { } stream)
        {
            framework.Metrics.Event(happened.Type);
            effects.Add(new MasterEffect.Send(stream, happened));
        }
    }

    /// <summary>Sends an event to a stream that belongs to no framework (yet, or any more).</summary>
    public void Send(StreamId stream, SchedulerEvent happened) => effects.Add(new MasterEffect.Send(stream, happened));

    /// <summary>Ends a framework's stream.</summary>
    public void Close(StreamId stream) => effects.Add(new MasterEffect.CloseStream(stream));

    /// <summary>Sends a frame to an agent if it is connected; the epoch is filled in.</summary>
    public void Tell(Agent agent, MasterFrame frame)
    {
        if (agent.Link is { } link)
        {
            Tell(link, frame);
        }
    }

    /// <summary>Sends a frame over a link; the epoch is filled in.</summary>
    public void Tell(LinkId link, MasterFrame frame)
    {
        frame.Epoch = State.Options.Epoch;
        effects.Add(new MasterEffect.ToAgent(link, frame));
    }

    /// <summary>Ends a link.</summary>
    public void Close(LinkId link) => effects.Add(new MasterEffect.CloseLink(link));

    /// <summary>Tells the subscribers of the operator API.</summary>
    public void Publish(MasterEvent happened) => effects.Add(new MasterEffect.Publish(happened));

    /// <summary>Answers a request.</summary>
    public void Reply(RequestId request, int status, string body = "") => effects.Add(new MasterEffect.Reply(request, status, body));
}
