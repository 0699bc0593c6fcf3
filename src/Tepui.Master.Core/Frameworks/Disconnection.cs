using Tepui.Master.Core.Offers;

namespace Tepui.Master.Core.Frameworks;

/// <summary>Frameworks lose their streams, and may come back within their failover timeout.</summary>
internal static class Disconnection
{
    /// <summary>A stream ended. Its framework gets no more offers and is removed if it stays away too long; the streams of others are none of our business.</summary>
    public static void Closed(Turn turn, StreamId stream)
    {
        if (turn.State.Frameworks.Find(stream) is not { } framework)
        {
            return;
        }

        turn.State.Frameworks.Disconnect(framework);
        framework.Heartbeat?.Cancel();
        foreach (var offer in framework.Offers.ToArray())
        {
            Withdrawal.Discard(turn, offer);
        }

        Pool.Leave(turn, framework);
        framework.Touch();
        turn.State.Changed();
        Wait(turn, framework, WireTime.Duration(framework.Info.FailoverTimeout));
    }

    /// <summary>Removes the framework unless it subscribes within that time.</summary>
    public static void Wait(Turn turn, Framework framework, TimeSpan time)
    {
        framework.Failover?.Cancel();
        if (time == TimeSpan.Zero)
        {
            Removal.Remove(turn, framework);
            return;
        }

        framework.Failover = turn.State.Deadlines.Set(WireTime.Later(turn.Now, time), later => Removal.Remove(later, framework));
    }
}
