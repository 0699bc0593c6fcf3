using Tepui.Master.Core.Views;
using Event = Tepui.Protocol.V1.Master.Event;

namespace Tepui.Master.Core.Frameworks;

/// <summary>Tells others about a framework.</summary>
internal static class FrameworkEvents
{
    /// <summary>For operators: it is new.</summary>
    public static Event Added(Framework framework) => new()
    {
        Type = Event.Types.Type.FrameworkAdded,
        FrameworkAdded = new() { Framework = OperatorWire.Framework(framework.View, brief: true) },
    };

    /// <summary>For operators: it came back, went away or changed.</summary>
    public static Event Updated(Framework framework) => new()
    {
        Type = Event.Types.Type.FrameworkUpdated,
        FrameworkUpdated = new() { Framework = OperatorWire.Framework(framework.View, brief: true) },
    };

    /// <summary>For operators: it is no more.</summary>
    public static Event Removed(Framework framework) => new()
    {
        Type = Event.Types.Type.FrameworkRemoved,
        FrameworkRemoved = new() { FrameworkInfo = framework.Info },
    };

    /// <summary>For the agents that know it: its new description. They send again what it has not acknowledged.</summary>
    public static void TellAgents(Turn turn, Framework framework)
    {
        foreach (var id in framework.Agents.Order())
        {
            if (turn.State.Agents.Find(id) is { } agent)
            {
                turn.Tell(agent, new() { UpdateFramework = new() { Framework = framework.Info } });
            }
        }
    }
}
