using Google.Protobuf;
using Tepui.Protocol.Link;
using MasterEvent = Tepui.Protocol.V1.Master.Event;
using SchedulerEvent = Tepui.Protocol.V1.Scheduler.Event;

namespace Tepui.Master.Core;

/// <summary>What a master wants done outside. The shell first makes every <see cref="Persist"/> of a batch durable, in one write, and only then carries out the rest, in order.</summary>
public abstract record MasterEffect
{
    private MasterEffect()
    {
    }

    /// <summary>Puts an entry into the registry, or removes it when <paramref name="Entry"/> is <see langword="null"/>. Keys are listed in registry.proto.</summary>
    public sealed record Persist(string Key, IMessage? Entry) : MasterEffect;

    /// <summary>Sends an event to a framework. A stream that is gone is skipped; its <see cref="MasterInput.StreamClosed"/> is on its way.</summary>
    public sealed record Send(StreamId Stream, SchedulerEvent Event) : MasterEffect;

    /// <summary>Ends a framework's stream after what was sent before.</summary>
    public sealed record CloseStream(StreamId Stream) : MasterEffect;

    /// <summary>Sends a frame to an agent; the shell does not touch it. A link that is gone is skipped.</summary>
    public sealed record ToAgent(LinkId Link, MasterFrame Frame) : MasterEffect;

    /// <summary>Ends a link after what was sent before.</summary>
    public sealed record CloseLink(LinkId Link) : MasterEffect;

    /// <summary>Tells every subscriber of the operator API.</summary>
    public sealed record Publish(MasterEvent Event) : MasterEffect;

    /// <summary>Answers a request: status 200, 202, 400, 403, 404, 409, 501 or 503, and the text of the body (empty on success).</summary>
    public sealed record Reply(RequestId Request, int Status, string Body) : MasterEffect;
}
