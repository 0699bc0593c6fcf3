using Google.Protobuf;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core;

/// <summary>One step under way: the state it changes, the time, and what shall happen outside so far.</summary>
internal sealed class Turn(ServicesState state, DateTimeOffset now, List<ServicesEffect> effects)
{
    /// <summary>The state of the scheduler.</summary>
    public ServicesState State { get; } = state;

    /// <summary>The time of this step.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>Who asked, while a request is handled.</summary>
    public Origin Origin { get; set; } = new("", "");

    /// <summary>Wants something done outside.</summary>
    public void Emit(ServicesEffect effect) => effects.Add(effect);

    /// <summary>Puts an entry into the store, or removes it.</summary>
    public void Persist(string key, IMessage? entry) => effects.Add(new ServicesEffect.Persist(key, entry));

    /// <summary>Tells the subscribers.</summary>
    public void Publish(ServiceEvent happened)
    {
        State.Counts.Take(happened);
        effects.Add(new ServicesEffect.Publish(happened));
    }

    /// <summary>Answers a request.</summary>
    public void Reply(RequestId request, CommandOutcome outcome) => effects.Add(new ServicesEffect.Reply(request, outcome));

    /// <summary>Lets the spec be compared with its instances again before the step ends.</summary>
    public void Touch(PathId spec) => State.Touched.Add(spec);

    /// <summary>A version newer than every one before: now, in whole milliseconds, or one more than the last.</summary>
    public DateTimeOffset NextVersion()
    {
        var whole = DateTimeOffset.FromUnixTimeMilliseconds(Now.ToUnixTimeMilliseconds());
        var last = State.Catalog.Tree.Version;
        return whole > last ? whole : last.AddMilliseconds(1);
    }
}
