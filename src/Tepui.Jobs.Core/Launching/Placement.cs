using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Launching.Tasks;
using Tepui.Jobs.Core.Runs;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Launching;

/// <summary>At the end of every step: brings runs that may be launched and offers in hand together.</summary>
internal sealed class Placement
{
    private readonly Turn _turn;
    private readonly int _share;
    private readonly OfferRing _ring;
    private readonly Dictionary<string, OfferRing> _constrained = new(StringComparer.Ordinal);

    // Enough offers: one run on each. Fewer than runs that wait or come soon: each gets its part of them all, so that the others stay for what comes.
    private Placement(Turn turn)
    {
        _turn = turn;
        var offers = turn.State.Offers.All;
        var wanted = (long)turn.State.Queue.Count + turn.State.Coming.Count;
        _share = (int)Math.Max(1, (wanted + offers.Count - 1) / offers.Count);
        _ring = new(offers, _share);
    }

    /// <summary>Launches what fits; gives back offers that neither what waits nor what is due soon needs.</summary>
    public static void Run(Turn turn)
    {
        var state = turn.State;
        if (state.Master is null)
        {
            return;
        }

        state.Coming.Refresh(state, turn.Now);
        if (state.Offers.Count == 0 || !state.Queue.HasOpen)
        {
            state.Pace.Rest();
        }
        else if (state.Pace.TryLaunch(state.Coming.Count, turn.Now))
        {
            new Placement(turn).Launch();
            state.Coming.Refresh(state, turn.Now);
            Accept(turn);
        }

        GiveBack(turn);
    }

    private void Launch()
    {
        var (queue, offers) = (_turn.State.Queue, _turn.State.Offers);
        while (queue.TryFirst(out var queued, out var group))
        {
            if (Ring(group).Choose(group.Demand.Amounts, group.Seen) is not { } offer)
            {
                queue.SetAside(group, offers.Newest);
                continue;
            }

            queue.Remove(queued.Id);
            if (_turn.State.Runs.Find(queued.Id) is { State: RunState.Waiting } run && _turn.State.JobOf(run) is { } job)
            {
                // Its alarm may be due and not have rung yet.
                if (RunWatch.TrySkip(_turn, run))
                {
                    continue;
                }

                Launch(run, job, group.Demand.Amounts, offer);
            }
        }
    }

    // What is launched is written down first: the effect that sends it comes after the effects that persist it.
    private void Launch(Run run, Job job, Amounts amounts, HeldOffer offer)
    {
        var launched = Launches.Begin(_turn, run, offer.Agent, offer.Offer.Hostname);
        var order = new LaunchOrder(_turn.State.Options, _turn.State.Framework, job.Spec, launched, offer.Offer.Hostname, amounts);
        offer.Add(JobTask.Of(order, offer.Take(amounts)));
        _turn.State.Coming.Launched(_turn.State, job, _turn.Now);
    }

    private OfferRing Ring(LaunchGroup group)
    {
        if (group.Rules.IsEmpty)
        {
            return _ring;
        }

        if (!_constrained.TryGetValue(group.Demand.Constraints, out var ring))
        {
            var meeting = _turn.State.Offers.All.Where(held => group.Rules.Allow(held.Offer.Hostname, held.Offer.Attributes)).ToList();
            _constrained[group.Demand.Constraints] = ring = new(meeting, _share);
        }

        return ring;
    }

    // One accept per offer. What is left of it comes back by itself while there is something to launch.
    private static void Accept(Turn turn)
    {
        var state = turn.State;
        var refuse = state.Queue.Count > 0 || state.Coming.Count > 0 ? TimeSpan.Zero : state.Options.DeclineOfferDuration;
        foreach (var held in state.Offers.TakeOut(held => held.Tasks.Count > 0))
        {
            var operation = new Offer.Types.Operation { Type = Offer.Types.Operation.Types.Type.Launch, Launch = new() { TaskInfos = { held.Tasks } } };
            turn.Emit(new JobsEffect.Accept(held.Id, [operation], refuse));
            state.Demand.Refused(refuse);
            state.Offers.HasChanged = true;
        }
    }

    private static void GiveBack(Turn turn)
    {
        var (state, offers) = (turn.State, turn.State.Offers);
        if (offers is { Count: 0, HasChanged: false } && !state.Coming.IsNew)
        {
            return;
        }

        // Kept for long enough: others have their chance before it comes again.
        state.Demand.Decline(turn, offers.TakeOut(held => HeldOffers.IsOld(held, turn)), TimeSpan.Zero);
        // While launches are put off, what is in hand is theirs.
        if (state.Pace.Next is null && (offers.HasChanged || state.Coming.IsNew))
        {
            (offers.HasChanged, state.Coming.IsNew) = (false, false);
            var cover = state.Coming.Uncovered();
            state.Demand.Decline(turn, offers.TakeOut(held => !cover.Take(held)), state.Options.DeclineOfferDuration);
            state.Demand.Uncovered = cover.Left;
        }
    }
}
