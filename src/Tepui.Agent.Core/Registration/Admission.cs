using Tepui.Agent.Core.Updates;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;

namespace Tepui.Agent.Core.Registration;

/// <summary>Joins the pool over a link, and stays in it: hello, admission, pings.</summary>
internal static class Admission
{
    /// <summary>A master that has not answered the hello for so long is given up.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(75);

    public static void LinkOpened(Turn turn, LinkId link)
    {
        var master = turn.State.Master;
        if (master.Link is { } old)
        {
            Lost(turn);
            turn.Emit(new AgentEffect.CloseLink(old));
        }

        if (turn.State.Leaving.IsLeaving)
        {
            turn.Emit(new AgentEffect.CloseLink(link));
            return;
        }

        master.Link = link;
        if (!turn.State.Recovery.IsWaiting)
        {
            SayHello(turn);
        }
    }

    public static void LinkClosed(Turn turn, LinkId link)
    {
        if (turn.State.Master.Link == link)
        {
            Lost(turn);
        }
    }

    /// <summary>Asks to be admitted over the open link, if there is one.</summary>
    public static void SayHello(Turn turn)
    {
        if (turn.State.Master.Link is not { } link)
        {
            return;
        }

        var frame = turn.State.Id.IsSet ? Hello.Again(turn) : Hello.First(turn);
        turn.Emit(new AgentEffect.ToMaster(link, frame));
        WatchFor(turn, AnswerTimeout);
    }

    public static void Registered(Turn turn, MasterFrame.Types.Registered registered)
    {
        var id = AgentId.From(registered.AgentId);
        if (turn.State.Master.Registered)
        {
            return;
        }

        if (turn.State.Id.IsSet && turn.State.Id != id)
        {
            // An answer to somebody else's question; a new link settles who is who.
            Close(turn);
            return;
        }

        var info = turn.Options.Info.Clone();
        info.Id = registered.AgentId;
        turn.State.Info = info;
        Identity.Persist(turn);
        Admitted(turn, registered.MasterInfo, registered.PingTimeoutSeconds);
    }

    public static void Reregistered(Turn turn, MasterFrame.Types.Reregistered reregistered)
    {
        if (turn.State.Master.Registered)
        {
            return;
        }

        if (turn.State.Id != AgentId.From(reregistered.AgentId))
        {
            Close(turn);
            return;
        }

        Admitted(turn, reregistered.MasterInfo, reregistered.PingTimeoutSeconds);
        UnknownTasks.Report(turn, reregistered.UnknownTasks);
    }

    public static void Ping(Turn turn, LinkId link, MasterFrame.Types.Ping ping)
    {
        var master = turn.State.Master;
        if (master.Registered && !ping.Connected)
        {
            Close(turn);
            return;
        }

        var pong = new AgentFrame { Pong = new() };
        if (master.Usage is { } usage)
        {
            pong.Pong.Usage = usage;
            master.Usage = null;
        }

        turn.Emit(new AgentEffect.ToMaster(link, pong));
        if (master.Registered)
        {
            WatchFor(turn, master.SilenceMax);
        }
    }

    /// <summary>Gives the link up; the shell opens another.</summary>
    public static void Close(Turn turn)
    {
        if (turn.State.Master.Link is { } link)
        {
            Lost(turn);
            turn.Emit(new AgentEffect.CloseLink(link));
        }
    }

    private static void Admitted(Turn turn, MasterInfo info, double pingTimeoutSeconds)
    {
        var master = turn.State.Master;
        master.Registered = true;
        master.Master = info;
        master.SilenceMax = pingTimeoutSeconds > 0 ? Clock.Wait(pingTimeoutSeconds) : AnswerTimeout;
        WatchFor(turn, master.SilenceMax);
        foreach (var frame in master.Unsaid)
        {
            turn.ToMaster(frame);
        }

        master.Unsaid.Clear();
        UpdateStreams.ResendAll(turn);
    }

    private static void Lost(Turn turn)
    {
        var master = turn.State.Master;
        master.Link = null;
        master.Registered = false;
        master.Unsaid.Clear();
        master.Watch?.Cancel();
    }

    private static void WatchFor(Turn turn, TimeSpan silence)
    {
        turn.State.Master.Watch?.Cancel();
        turn.State.Master.Watch = turn.After(silence, Close);
    }
}
