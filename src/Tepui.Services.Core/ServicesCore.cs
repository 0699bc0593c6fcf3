using System.Diagnostics;
using Google.Protobuf;
using Tepui.Services.Core.Autoscaling;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Health;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Launching;
using Tepui.Services.Core.Scaling;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Core;

/// <summary>The services scheduler: keeps what runs equal to what clients asked for. Single-threaded, deterministic, without I/O.</summary>
public sealed class ServicesCore
{
    private readonly ServicesState _state;

    /// <summary>Starts from what the store holds.</summary>
    /// <param name="options">Fixed for the life of the core.</param>
    /// <param name="store">Entries by key, as <see cref="ServicesEffect.Persist"/> put them.</param>
    /// <param name="now">The time of the start.</param>
    public ServicesCore(ServicesOptions options, IReadOnlyDictionary<string, IMessage> store, DateTimeOffset now)
    {
        _state = new(options);
        Recovery.Recover(new Turn(_state, now, []), store);
    }

    /// <summary>For tests.</summary>
    internal ServicesState State => _state;

    /// <summary>When the next <see cref="ServicesInput.Tick"/> is due, if any.</summary>
    public DateTimeOffset? NextDeadline => _state.Deadlines.Next;

    /// <summary>Applies one input. Same state, same input, same <paramref name="now"/>: same effects, same order.</summary>
    public void Step(ServicesInput input, DateTimeOffset now, List<ServicesEffect> effects)
    {
        var turn = new Turn(_state, now, effects);
        switch (input)
        {
            case ServicesInput.Request request:
                CommandHandler.Handle(turn, request);
                break;
            case ServicesInput.Subscribed subscribed:
                Session.Subscribed(turn, subscribed);
                OfferDemand.Subscribed(turn);
                break;
            case ServicesInput.Disconnected:
                Session.Disconnected(turn);
                break;
            case ServicesInput.Offered offered:
                OfferHandler.Handle(turn, offered.Offers);
                break;
            case ServicesInput.Rescinded:
                // Offers are answered in the step they come in; none is held.
                break;
            case ServicesInput.Updated updated:
                StatusUpdates.Handle(turn, updated.Status);
                break;
            case ServicesInput.OperationUpdated operation:
                StatusUpdates.Handle(turn, operation.Status);
                break;
            case ServicesInput.Message message:
                turn.Publish(new ServiceEvent.FrameworkMessage(message.Executor, message.Agent, message.Data));
                break;
            case ServicesInput.AcceptFailed failed:
                StatusUpdates.AcceptFailed(turn, failed);
                break;
            case ServicesInput.HealthChecked health:
                HealthChecks.Checked(turn, health);
                break;
            case ServicesInput.ReadinessChecked readiness:
                ReadinessChecks.Checked(turn, readiness);
                break;
            case ServicesInput.Measured measured:
                Autoscaler.Measured(turn, measured);
                break;
            case ServicesInput.Tick:
                _state.Deadlines.RingDue(turn, now);
                break;
            default:
                throw new UnreachableException($"No feature handles {input.GetType().Name}");
        }

        Autoscaler.Follow(turn);
        Convergence.Run(turn);
        OfferDemand.Settle(turn);
    }

    /// <summary>What readers see. Costs a copy of references; entities that did not change are the same objects as before.</summary>
    public ServicesView View(DateTimeOffset now) => ServicesViews.Take(_state, now);

    /// <summary>Checks what must always hold. Slow: for tests and the simulator.</summary>
    /// <exception cref="Model.InvariantException">Something does not.</exception>
    public void CheckInvariants() => ServicesInvariants.Check(_state);
}
