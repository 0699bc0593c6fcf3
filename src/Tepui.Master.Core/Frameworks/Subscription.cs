using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Offers;
using Tepui.Master.Core.Registry;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Core.Frameworks;

/// <summary>Frameworks come, and come back.</summary>
internal static class Subscription
{
    /// <summary>Takes a framework in, or gives its old place back to it, and begins its stream. One that may not subscribe gets an ERROR and the end of its stream.</summary>
    public static void Subscribe(Turn turn, MasterInput.Subscribe input)
    {
        if (input.Call.Subscribe is not { FrameworkInfo: { } given } call)
        {
            Refuse(turn, input.Stream, "Expecting 'subscribe' to be present");
            return;
        }

        var info = WithPrincipal(given, input.Principal);
        var id = FrameworkId.From(info.Id);
        turn.State.Counters.Add(id.IsSet ? CounterNames.MessagesReregisterFramework : CounterNames.MessagesRegisterFramework);
        if (Problem(turn, info, call, input.Principal) is { } problem)
        {
            Refuse(turn, input.Stream, problem);
            return;
        }

        var framework = turn.State.Frameworks.Find(id);
        if (framework is null)
        {
            framework = Join(turn, info, input.Stream, call);
        }
        else
        {
            Return(turn, framework, info, input.Stream, call);
        }

        framework.Metrics.Call(Call.Types.Type.Subscribe);
        turn.Persist(RegistryKeys.Of(framework.Id), RegistryKeys.Entry(framework, removed: false));
    }

    /// <summary>Ends a stream that may not go on, saying why.</summary>
    public static void Refuse(Turn turn, StreamId stream, string why)
    {
        turn.Send(stream, new()
        {
            Type = Event.Types.Type.Error,
            Error = new() { Message = why },
        });
        turn.Close(stream);
    }

    /// <summary>Sends a heartbeat, and sets the time of the next one.</summary>
    public static void Beat(Turn turn, Framework framework)
    {
        turn.Send(framework, new Event { Type = Event.Types.Type.Heartbeat });
        framework.Heartbeat?.Cancel();
        framework.Heartbeat = turn.State.Deadlines.Set(turn.Now + turn.State.Options.HeartbeatInterval, later => Beat(later, framework));
    }

    private static string? Problem(Turn turn, FrameworkInfo info, Call.Types.Subscribe call, string? principal)
    {
        var id = FrameworkId.From(info.Id);
        if (principal is not null && info.Principal != principal)
        {
            return $"Authenticated principal '{principal}' does not match principal '{info.Principal}' set in `FrameworkInfo`";
        }

        if (FrameworkProblems.Any(turn.State.Options, info, call.SuppressedRoles, call.OfferConstraints) is { } problem)
        {
            return problem;
        }

        if (turn.State.Frameworks.IsRemoved(id))
        {
            return "Framework has been removed";
        }

        return turn.State.Frameworks.Find(id) is { } known ? FrameworkProblems.Principal(known.Info, info) : null;
    }

    private static Framework Join(Turn turn, FrameworkInfo info, StreamId stream, Call.Types.Subscribe call)
    {
        if (info.Id is not { Value.Length: > 0 })
        {
            info = info.Clone();
            info.Id = turn.State.Mint.Framework().ToWire();
        }

        var framework = new Framework(info, turn.Now);
        turn.State.Frameworks.Add(framework);
        turn.State.Frameworks.Connect(framework, stream);
        Wishes(framework, call.SuppressedRoles, call.OfferConstraints);
        Pool.Join(turn, framework);
        Begin(turn, framework);
        turn.Publish(FrameworkEvents.Added(framework));
        return framework;
    }

    private static void Return(Turn turn, Framework framework, FrameworkInfo info, StreamId stream, Call.Types.Subscribe call)
    {
        if (framework.Stream is { } old && old != stream)
        {
            Refuse(turn, old, "Framework failed over");
        }

        framework.Failover?.Cancel();
        turn.State.Frameworks.Connect(framework, stream);
        foreach (var offer in framework.Offers.ToArray())
        {
            Withdrawal.Discard(turn, offer);
        }

        framework.Recovered = false;
        framework.Reregistered = turn.Now;
        framework.Info = WithFixedFields(info, framework.Info);
        Wishes(framework, call.SuppressedRoles, call.OfferConstraints);
        Pool.Return(turn, framework);
        Begin(turn, framework);
        FrameworkEvents.TellAgents(turn, framework);
        turn.Publish(FrameworkEvents.Updated(framework));
    }

    private static void Begin(Turn turn, Framework framework)
    {
        framework.Touch();
        turn.State.Changed();
        turn.Send(framework, new Event
        {
            Type = Event.Types.Type.Subscribed,
            Subscribed = new()
            {
                FrameworkId = framework.Info.Id,
                HeartbeatIntervalSeconds = turn.State.Options.HeartbeatInterval.TotalSeconds,
                MasterInfo = turn.State.Options.Info,
            },
        });
        Beat(turn, framework);
    }

    /// <summary>Takes over which roles a framework suppresses, and which agents it wants.</summary>
    public static void Wishes(Framework framework, IEnumerable<string> suppressed, OfferConstraints? constraints)
    {
        framework.Suppressed.Clear();
        framework.Suppressed.UnionWith(suppressed);
        framework.Constraints = constraints;
    }

    private static FrameworkInfo WithPrincipal(FrameworkInfo info, string? principal)
    {
        if (principal is null || info.HasPrincipal)
        {
            return info;
        }

        var filled = info.Clone();
        filled.Principal = principal;
        return filled;
    }

    // User and checkpoint stay what they were when it first subscribed.
    private static FrameworkInfo WithFixedFields(FrameworkInfo info, FrameworkInfo before)
    {
        if (info.User == before.User && info.Checkpoint == before.Checkpoint)
        {
            return info;
        }

        var kept = info.Clone();
        kept.User = before.User;
        kept.Checkpoint = before.Checkpoint;
        return kept;
    }
}
