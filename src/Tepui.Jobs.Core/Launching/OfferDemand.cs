using Tepui.Jobs.Core.Occurrences;
using Tepui.Model;

namespace Tepui.Jobs.Core.Launching;

/// <summary>Whether offers are wanted: while runs wait, and a little before runs are due.</summary>
internal sealed class OfferDemand
{
    // A call can be lost on its way. A revival that brings no offer is repeated, after longer and longer waits: perhaps there is nothing to offer.
    private static readonly TimeSpan SilenceMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(60);

    // So many revivals may follow each other at once; then there is one per interval.
    private const int Burst = 10;

    private Status _status = Status.Offered;
    private DateTimeOffset? _revived;
    private DateTimeOffset _paced = DateTimeOffset.MinValue;
    private DateTimeOffset _suppressed;
    private TimeSpan? _silence;
    private bool _hasRefused;
    private DateTimeOffset? _wake;
    private DateTimeOffset _settled = DateTimeOffset.MinValue;

    private enum Status
    {
        Offered,
        Revived,
        Suppressed,
    }

    /// <summary>Runs to come that no offer in hand is kept for.</summary>
    public long Uncovered { get; set; }

    /// <summary>Whether the master was asked for offers, or offers unasked.</summary>
    public bool IsWanted => _status != Status.Suppressed;

    /// <summary>When it changes by itself: before the next due time.</summary>
    public DateTimeOffset? NextWake(JobsState state)
    {
        if (state.Master is null)
        {
            return null;
        }

        var next = Moments.Earlier(Moments.Earlier(state.Coming.NextCount, _wake), state.Pace.Next);
        var ahead = state.Due.Next - state.Options.LookAhead;
        return Moments.Earlier(next, ahead > _settled || ahead is null ? ahead : _settled + ComingRuns.Fresh);
    }

    /// <summary>Subscribed: the master offers until it is told otherwise.</summary>
    public static void Subscribed(Turn turn)
    {
        var demand = turn.State.Demand;
        turn.State.Offers.Clear();
        turn.State.Coming.IsNew = true;
        (demand._status, demand._revived, demand._silence, demand._hasRefused) = (Status.Offered, null, null, false);
    }

    /// <summary>Offers came in: the last revival was heard, or the last suppression was not.</summary>
    public void Heard(Turn turn)
    {
        _silence = null;
        _suppressed = _suppressed < turn.Now ? _suppressed : turn.Now;
        if (_status == Status.Suppressed && turn.Now - _suppressed > SilenceMin)
        {
            _status = Status.Offered;
        }
    }

    /// <summary>Gives offers back.</summary>
    public void Decline(Turn turn, IReadOnlyList<HeldOffer> offers, TimeSpan refuse)
    {
        if (offers.Count > 0)
        {
            turn.Emit(new JobsEffect.Decline([.. offers.Select(held => held.Id)], refuse));
            Refused(refuse);
        }
    }

    /// <summary>Offers do not come again by themselves for a while.</summary>
    public void Refused(TimeSpan refuse) => _hasRefused |= refuse > TimeSpan.Zero;

    /// <summary>At the end of every step: revives or suppresses.</summary>
    public static void Settle(Turn turn)
    {
        var (state, demand) = (turn.State, turn.State.Demand);
        demand._settled = turn.Now;
        demand._wake = null;
        if (state.Master is null)
        {
            return;
        }

        if (state.Queue.Count == 0 && state.Coming.Count == 0)
        {
            demand.Suppress(turn);
        }
        else if (state.Queue.Count > 0 || demand.Uncovered > 0)
        {
            demand.Want(turn);
        }
    }

    /// <summary>Nothing waits for offers that are not wanted, and nothing is in hand that nothing needs.</summary>
    public void Check(JobsState state)
    {
        if (state.Master is null)
        {
            Invariant.Holds(state.Offers.Count == 0, "offers are in hand without a subscription");
            return;
        }

        Invariant.Holds(state.Queue.Count == 0 || _status == Status.Revived || _wake is not null, "runs wait for offers, which are not wanted");
        Invariant.Holds(state.Offers.Count == 0 || state.Coming.Count > 0, "offers are in hand, and no run is to come");
        state.Offers.Check(state.Options, _settled);
    }

    private void Suppress(Turn turn)
    {
        _silence = null;
        if (_status != Status.Suppressed)
        {
            (_status, _suppressed) = (Status.Suppressed, turn.Now);
            turn.Emit(new JobsEffect.Suppress([turn.State.Options.MesosRole]));
        }
    }

    private void Want(Turn turn)
    {
        // A clock that was set back makes no wait longer.
        _revived = _revived > turn.Now ? turn.Now : _revived;
        var latest = turn.Now + (turn.State.Options.MinReviveOffersInterval * Burst);
        _paced = _paced > latest ? latest : _paced;
        if (NextRevival(turn) is not { } due)
        {
            return;
        }

        if (due > turn.Now)
        {
            _wake = due;
            return;
        }

        Revive(turn);
    }

    // What was asked for comes by itself. It is asked for again when it may have been lost, and when something new may do with what was refused.
    private DateTimeOffset? NextRevival(Turn turn)
    {
        var options = turn.State.Options;
        if (_status != Status.Revived)
        {
            return Free(options);
        }

        DateTimeOffset? due = null;
        if (_hasRefused && turn.State.Queue.HasFresh)
        {
            due = Free(options);
        }
        else if (_hasRefused && Uncovered > 0)
        {
            due = _revived + (options.LookAhead / 2);
        }

        return Moments.Earlier(due, _revived + _silence);
    }

    private DateTimeOffset Free(JobsOptions options)
    {
        var credit = options.MinReviveOffersInterval * (Burst - 1);
        return _paced - DateTimeOffset.MinValue > credit ? _paced - credit : DateTimeOffset.MinValue;
    }

    private void Revive(Turn turn)
    {
        var isSilent = _silence is { } silence && _revived + silence <= turn.Now;
        _silence = isSilent ? TimeSpan.FromTicks(Math.Min(_silence!.Value.Ticks * 2, SilenceMax.Ticks)) : SilenceMin;
        (_status, _revived, _hasRefused) = (Status.Revived, turn.Now, false);
        _paced = (_paced > turn.Now ? _paced : turn.Now) + turn.State.Options.MinReviveOffersInterval;
        _wake = _revived + _silence;
        turn.State.Queue.Asked();
        turn.Emit(new JobsEffect.Revive([turn.State.Options.MesosRole]));
    }
}
