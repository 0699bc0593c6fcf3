using System.Diagnostics;
using Google.Protobuf;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Explaining;
using Tepui.Jobs.Core.Launching;
using Tepui.Jobs.Core.Notices;
using Tepui.Jobs.Core.Occurrences;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Views;

namespace Tepui.Jobs.Core;

/// <summary>The jobs scheduler: every occurrence of a schedule, and every trigger, gets its run. Single-threaded, deterministic, without I/O.</summary>
public sealed class JobsCore
{
    private readonly JobsState _state;

    /// <summary>Starts from what the store holds.</summary>
    /// <param name="options">Fixed for the life of the core.</param>
    /// <param name="store">Entries by key, as <see cref="JobsEffect.Persist"/> put them.</param>
    /// <param name="now">The time of the start.</param>
    public JobsCore(JobsOptions options, IReadOnlyDictionary<string, IMessage> store, DateTimeOffset now)
    {
        _state = new(options);
        Recovery.Recover(new Turn(_state, now, []), store);
    }

    /// <summary>For tests.</summary>
    internal JobsState State => _state;

    /// <summary>When the next <see cref="JobsInput.Tick"/> is due, if any.</summary>
    public DateTimeOffset? NextDeadline => Earliest(Earliest(_state.Deadlines.Next, _state.Due.Next), _state.Demand.NextWake(_state));

    /// <summary>Applies one input. Same state, same input, same <paramref name="now"/>: same effects, same order.</summary>
    public void Step(JobsInput input, DateTimeOffset now, List<JobsEffect> effects)
    {
        var turn = new Turn(_state, now, effects);
        ClockGuard.Observe(turn);
        switch (input)
        {
            case JobsInput.Request request:
                CommandHandler.Handle(turn, request);
                break;
            case JobsInput.Subscribed subscribed:
                Session.Subscribed(turn, subscribed);
                OfferDemand.Subscribed(turn);
                break;
            case JobsInput.Disconnected:
                Session.Disconnected(turn);
                _state.Offers.Clear();
                break;
            case JobsInput.Offered offered:
                OfferHandler.Handle(turn, offered.Offers);
                break;
            case JobsInput.Rescinded rescinded:
                _state.Offers.Remove(rescinded.Offer);
                break;
            case JobsInput.Updated updated:
                StatusUpdates.Handle(turn, updated.Status);
                break;
            case JobsInput.AcceptFailed failed:
                StatusUpdates.AcceptFailed(turn, failed);
                break;
            case JobsInput.Notified notified:
                NoticeTable.Notified(turn, notified);
                break;
            case JobsInput.Tick:
                _state.Deadlines.RingDue(turn, now);
                break;
            default:
                throw new UnreachableException($"No feature handles {input.GetType().Name}");
        }

        DueJobs.Mint(turn);
        Admission.Settle(turn);
        Placement.Run(turn);
        Admission.Settle(turn);
        OfferDemand.Settle(turn);
        _state.Listing.Fold(_state);
    }

    /// <summary>What readers see. Entities that did not change are the same objects as before.</summary>
    public JobsView View(DateTimeOffset now) => JobsViews.Take(_state, now);

    /// <summary>One job with all its runs, or <see langword="null"/>; costs little however many jobs there are.</summary>
    public JobDetail? Find(JobName job, DateTimeOffset now) => JobsViews.Find(_state, job);

    /// <summary>Why a job waits, or does not run at all; <see langword="null"/> if there is no such job.</summary>
    public Explanation? Explain(JobName job, DateTimeOffset now) => Explainer.Explain(_state, job, now);

    /// <summary>Checks what must always hold. Slow: for tests and the simulator.</summary>
    /// <exception cref="Model.InvariantException">Something does not.</exception>
    public void CheckInvariants() => JobsInvariants.Check(_state);

    private static DateTimeOffset? Earliest(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;
}
