using Google.Protobuf;
using Tepui.Model.Time;
using Tepui.Protocol.Link;

namespace Tepui.Agent.Core;

/// <summary>One step under way: the state, the time, and where effects go. Features take it as their first argument.</summary>
internal sealed class Turn(AgentState state)
{
    public AgentState State { get; } = state;

    public AgentOptions Options => State.Options;

    /// <summary>The time of this step.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>Effects of this step, in order.</summary>
    public List<AgentEffect> Effects { get; set; } = [];

    public void Emit(AgentEffect effect) => Effects.Add(effect);

    public void Persist(string key, IMessage entry) => Effects.Add(new AgentEffect.Persist(key, entry));

    public void Forget(string key) => Effects.Add(new AgentEffect.Persist(key, Entry: null));

    /// <summary>Sends to the master this agent is registered with, or nothing when it is not.</summary>
    public bool ToMaster(AgentFrame frame)
    {
        if (State.Master is not { Registered: true, Link: { } link })
        {
            return false;
        }

        Effects.Add(new AgentEffect.ToMaster(link, frame));
        return true;
    }

    public Alarm<Turn> After(TimeSpan wait, Action<Turn> due) => State.Deadlines.Set(Clock.Plus(Now, wait), due);
}
