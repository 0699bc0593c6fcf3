using Google.Protobuf;
using Tepui.Master.Core;
using Tepui.Master.Core.Views;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using MasterEvent = Tepui.Protocol.V1.Master.Event;

namespace Tepui.Testing;

/// <summary>Drives a master core on virtual time: keeps its registry, collects what it wants done, checks its books after every step.</summary>
public sealed class MasterHarness
{
    private readonly List<MasterEffect> _effects = [];
    private long _links;
    private long _requests;
    private int _streams;
    private ulong _epoch;

    /// <summary>A master of an empty pool, at 2026-01-01.</summary>
    public MasterHarness(Func<MasterOptions, MasterOptions>? with = null)
    {
        With = with ?? (static options => options);
        Core = Start();
    }

    /// <summary>The epoch of the master that runs.</summary>
    public ulong Epoch => _epoch;

    /// <summary>The core.</summary>
    public MasterCore Core { get; private set; }

    /// <summary>The time, moved by <see cref="Advance"/>.</summary>
    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What is durable.</summary>
    public Dictionary<string, IMessage> Registry { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether agents answer pings by themselves.</summary>
    public bool AnswersPings { get; set; } = true;

    /// <summary>Everything the core wanted since <see cref="Forget"/>.</summary>
    public List<MasterEffect> Effects { get; } = [];

    /// <summary>What readers see now.</summary>
    public MasterView View => Core.View(Now);

    private Func<MasterOptions, MasterOptions> With { get; }

    /// <summary>The master dies without a word, and another begins with its registry.</summary>
    public void Restart()
    {
        Core = Start();
        Effects.Clear();
    }

    /// <summary>Forgets what was collected.</summary>
    public void Forget() => Effects.Clear();

    /// <summary>One input.</summary>
    public void Step(MasterInput input)
    {
        _effects.Clear();
        Core.Step(input, Now, _effects);
        foreach (var effect in _effects)
        {
            if (effect is MasterEffect.Persist { Entry: var entry, Key: var key })
            {
                if (entry is null)
                {
                    Registry.Remove(key);
                }
                else
                {
                    Registry[key] = entry;
                }
            }
        }

        Effects.AddRange(_effects);
        Core.CheckInvariants();
    }

    /// <summary>Lets time pass; deadlines are handled when they are due.</summary>
    public void Advance(TimeSpan time)
    {
        var until = Now + time;
        while (Core.NextDeadline is { } due && due <= until)
        {
            Now = due > Now ? due : Now;
            Step(new MasterInput.Tick());
            AnswerPings();
        }

        Now = until;
    }

    /// <summary>Lets time pass until offers due now are out.</summary>
    public void Settle() => Advance(TimeSpan.FromMilliseconds(150));

    /// <summary>A framework subscribes; gives its stream.</summary>
    public StreamId Subscribe(FrameworkInfo info, IEnumerable<string>? suppressed = null, string? principal = null, OfferConstraints? constraints = null)
    {
        var stream = new StreamId($"stream-{_streams++}");
        var call = new Call
        {
            Type = Call.Types.Type.Subscribe,
            FrameworkId = info.Id,
            Subscribe = new() { FrameworkInfo = info, SuppressedRoles = { suppressed ?? [] }, OfferConstraints = constraints },
        };
        Step(new MasterInput.Subscribe(stream, call, principal));
        return stream;
    }

    /// <summary>A framework makes a call on its stream; gives status and body of the answer.</summary>
    public (int Status, string Body) Make(StreamId? stream, Call call, string? principal = null)
    {
        var request = new RequestId(_requests++);
        Step(new MasterInput.SchedulerCall(request, call, stream?.Value, principal));
        return Answer(request);
    }

    /// <summary>An operator asks for something; gives status and body of the answer.</summary>
    public (int Status, string Body) Ask(Func<RequestId, MasterInput> input)
    {
        var request = new RequestId(_requests++);
        Step(input(request));
        return Answer(request);
    }

    /// <summary>An agent opens a link and sends a first frame; gives the link.</summary>
    public LinkId Link(AgentFrame frame)
    {
        var link = new LinkId(_links++);
        Send(link, frame);
        return link;
    }

    /// <summary>An agent comes back over a new link.</summary>
    public LinkId Link(AgentFrame.Types.Reregister frame) => Link(new AgentFrame { Reregister = frame });

    /// <summary>An agent sends a frame.</summary>
    public void Send(LinkId link, AgentFrame frame) => Step(new MasterInput.FromAgent(link, frame));

    /// <summary>Events sent on a stream since <see cref="Forget"/>.</summary>
    public List<Event> Events(StreamId stream) => [.. Effects.OfType<MasterEffect.Send>().Where(sent => sent.Stream == stream).Select(static sent => sent.Event)];

    /// <summary>Offers sent on a stream since <see cref="Forget"/>.</summary>
    public List<Offer> Offers(StreamId stream) =>
        [.. Events(stream).Where(static e => e.Type == Event.Types.Type.Offers).SelectMany(static e => e.Offers.Offers_)];

    /// <summary>Task statuses sent on a stream since <see cref="Forget"/>.</summary>
    public List<TaskStatus> Updates(StreamId stream) =>
        [.. Events(stream).Where(static e => e.Type == Event.Types.Type.Update).Select(static e => e.Update.Status)];

    /// <summary>Frames sent over a link since <see cref="Forget"/>.</summary>
    public List<MasterFrame> Frames(LinkId link) => [.. Effects.OfType<MasterEffect.ToAgent>().Where(sent => sent.Link == link).Select(static sent => sent.Frame)];

    /// <summary>Events for operators since <see cref="Forget"/>.</summary>
    public List<MasterEvent> Published() => [.. Effects.OfType<MasterEffect.Publish>().Select(static published => published.Event)];

    /// <summary>Whether a stream was ended since <see cref="Forget"/>.</summary>
    public bool IsClosed(StreamId stream) => Effects.Contains(new MasterEffect.CloseStream(stream));

    /// <summary>Whether a link was ended since <see cref="Forget"/>.</summary>
    public bool IsClosed(LinkId link) => Effects.Contains(new MasterEffect.CloseLink(link));

    /// <summary>The id a framework got on its stream.</summary>
    public FrameworkId FrameworkOf(StreamId stream) =>
        FrameworkId.From(Events(stream).Single(static e => e.Type == Event.Types.Type.Subscribed).Subscribed.FrameworkId);

    private void AnswerPings()
    {
        if (AnswersPings)
        {
            var pinged = _effects.OfType<MasterEffect.ToAgent>().Where(static sent => sent.Frame.Ping is not null).Select(static sent => sent.Link).ToArray();
            foreach (var link in pinged)
            {
                Send(link, new AgentFrame { Pong = new() });
            }
        }
    }

    private (int Status, string Body) Answer(RequestId request)
    {
        var answer = Effects.OfType<MasterEffect.Reply>().Single(reply => reply.Request == request);
        return (answer.Status, answer.Body);
    }

    private MasterCore Start()
    {
        var id = $"master{++_epoch}";
        var options = new MasterOptions
        {
            Info = new() { Id = id, Ip = 0x0100007f, Port = 5050, Hostname = "localhost", Version = "0.1.0" },
            Epoch = _epoch,
        };
        return new(With(options), Registry, Now);
    }
}
