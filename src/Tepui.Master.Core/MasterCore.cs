using System.Diagnostics;
using Google.Protobuf;
using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Frameworks;
using Tepui.Master.Core.Offers;
using Tepui.Master.Core.Registry;
using Tepui.Master.Core.Tasks;
using Tepui.Master.Core.Weighting;
using Tepui.Master.Core.Views;
using Tepui.Protocol.Registry;

namespace Tepui.Master.Core;

/// <summary>The ledger and allocator of the pool: single-threaded, deterministic, without I/O.</summary>
public sealed class MasterCore
{
    private readonly MasterState _state;
    private readonly MasterViews _views;

    /// <summary>Starts from what the registry holds.</summary>
    /// <param name="options">Fixed for the life of the core.</param>
    /// <param name="registry">Entries by key, as <see cref="MasterEffect.Persist"/> put them.</param>
    /// <param name="now">The time of the start.</param>
    public MasterCore(MasterOptions options, IReadOnlyDictionary<string, IMessage> registry, DateTimeOffset now)
    {
        _state = new(options);
        _views = new(_state);
        var turn = new Turn(_state, now, []);
        if (!registry.Values.OfType<WeightEntry>().Any())
        {
            foreach (var (role, weight) in options.Weights.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                Weights.Set(turn, role, weight);
            }
        }

        Recovery.Recover(turn, registry);
    }

    /// <summary>When the next <see cref="MasterInput.Tick"/> is due, if any.</summary>
    public DateTimeOffset? NextDeadline
    {
        get
        {
            var (alarm, run) = (_state.Deadlines.Next, _state.Allocator.NextRun);
            return alarm is null || run < alarm ? run : alarm;
        }
    }

    /// <summary>Applies one input. Same state, same input, same <paramref name="now"/>: same effects, same order.</summary>
    public void Step(MasterInput input, DateTimeOffset now, List<MasterEffect> effects)
    {
        var turn = new Turn(_state, now, effects);
        var before = effects.Count;
        switch (input)
        {
            case MasterInput.Subscribe subscribe:
                Subscription.Subscribe(turn, subscribe);
                break;
            case MasterInput.SchedulerCall call:
                SchedulerCalls.Handle(turn, call);
                break;
            case MasterInput.StreamClosed closed:
                Frameworks.Disconnection.Closed(turn, closed.Stream);
                break;
            case MasterInput.FromAgent from:
                AgentFrames.Handle(turn, from.Link, from.Frame);
                break;
            case MasterInput.LinkClosed closed:
                Agents.Disconnection.Closed(turn, closed.Link);
                break;
            case MasterInput.KillTask kill:
                Kills.ByOperator(turn, kill);
                break;
            case MasterInput.Teardown teardown:
                Removal.Teardown(turn, teardown);
                break;
            case MasterInput.MarkAgentGone gone:
                MarkGone.Mark(turn, gone);
                break;
            case MasterInput.UpdateWeights weights:
                Weights.Update(turn, weights);
                break;
            case MasterInput.Tick:
                _state.Deadlines.RingDue(turn, now);
                Pool.Run(turn);
                break;
            default:
                throw new UnreachableException($"No feature handles {input.GetType().Name}");
        }

        if (input is not MasterInput.Tick || effects.Count > before)
        {
            _state.Count();
        }
    }

    /// <summary>What readers see. Costs a copy of references; entities that did not change are the same objects as before.</summary>
    public MasterView View(DateTimeOffset now) => _views.Take(now);

    /// <summary>Checks every sum against what it is a sum of. Slow: for tests and the simulator.</summary>
    /// <exception cref="Model.InvariantException">One does not hold.</exception>
    public void CheckInvariants() => MasterInvariants.Check(_state);
}
