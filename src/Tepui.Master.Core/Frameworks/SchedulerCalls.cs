using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Offers;
using Tepui.Master.Core.Reconciliation;
using Tepui.Master.Core.Tasks;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1.Scheduler;
using Kind = Tepui.Protocol.V1.Scheduler.Call.Types.Type;

namespace Tepui.Master.Core.Frameworks;

/// <summary>Calls of schedulers other than SUBSCRIBE: who may make them, and where they go.</summary>
internal static class SchedulerCalls
{
    /// <summary>Answers one call, exactly once.</summary>
    public static void Handle(Turn turn, MasterInput.SchedulerCall input)
    {
        var call = input.Call;
        if (CallProblems.Shape(call) is { } shape)
        {
            turn.Reply(input.Request, 400, $"Failed to validate scheduler::Call: {shape}");
            return;
        }

        var framework = turn.State.Frameworks.Find(FrameworkId.From(call.FrameworkId));
        if (Refusal(framework, input) is var (status, body))
        {
            turn.Reply(input.Request, status, body);
            return;
        }

        framework!.Metrics.Call(call.Type);
        if (call.Type == Kind.UpdateFramework)
        {
            var problem = FrameworkUpdate.Update(turn, framework, call.UpdateFramework);
            turn.Reply(input.Request, problem is null ? 200 : 400, problem ?? "");
            return;
        }

        turn.Reply(input.Request, 202);
        Carry(turn, framework, call);
    }

    // In this order: clients tell these apart.
    private static (int Status, string Body)? Refusal(Framework? framework, MasterInput.SchedulerCall input)
    {
        if (input.Call.Type is Kind.Unknown || !Enum.IsDefined(input.Call.Type))
        {
            return (501, "501 Not Implemented.");
        }

        if (framework is null)
        {
            return (400, "Framework cannot be found");
        }

        if (input.Principal is { } principal && principal != framework.Info.Principal)
        {
            return (400, $"Authenticated principal '{principal}' does not match principal '{framework.Info.Principal}' set in `FrameworkInfo`");
        }

        if (framework.Stream is not { } stream)
        {
            return (403, "Framework is not subscribed");
        }

        if (input.Stream is null)
        {
            return (400, "All non-subscribe calls should include the 'Mesos-Stream-Id' header");
        }

        if (input.Stream != stream.Value)
        {
            return (400, $"The stream ID '{input.Stream}' included in this request didn't match the stream ID currently associated with framework ID {framework.Id}");
        }

        return input.Call.Type == Kind.Subscribe ? (400, "Subscribe calls should not include the 'Mesos-Stream-Id' header") : null;
    }

    private static void Carry(Turn turn, Framework framework, Call call)
    {
        switch (call.Type)
        {
            case Kind.Teardown:
                turn.State.Counters.Add(CounterNames.MessagesUnregisterFramework);
                Removal.Remove(turn, framework);
                break;
            case Kind.Accept:
                Acceptance.Accept(turn, framework, call.Accept);
                break;
            case Kind.Decline:
                Declining.Decline(turn, framework, call.Decline);
                break;
            case Kind.Revive:
                Suppression.Revive(turn, framework, call.Revive?.Roles ?? []);
                break;
            case Kind.Suppress:
                Suppression.Suppress(turn, framework, call.Suppress?.Roles ?? []);
                break;
            case Kind.Kill:
                Kills.Kill(turn, framework, call.Kill);
                break;
            case Kind.Shutdown:
                Kills.Shutdown(turn, framework, call.Shutdown);
                break;
            case Kind.Acknowledge:
                Acknowledgements.Acknowledge(turn, framework, call.Acknowledge);
                break;
            case Kind.AcknowledgeOperationStatus:
                // No operation is under way, so there is none this could be about.
                turn.State.Counters.Add(CounterNames.MessagesAcknowledgeOperation);
                turn.State.Counters.Add(CounterNames.InvalidOperationAcknowledgements);
                break;
            case Kind.Reconcile:
                TaskReconciliation.Reconcile(turn, framework, call.Reconcile);
                break;
            case Kind.ReconcileOperations:
                OperationReconciliation.Reconcile(turn, framework, call.ReconcileOperations);
                break;
            case Kind.Message:
                Messages.ToExecutor(turn, framework, call.Message);
                break;
            case Kind.Request:
                // A hint to the allocator, which needs none.
                turn.State.Counters.Add(CounterNames.MessagesRequest);
                break;
            default:
                // Inverse offers: none was made, so all their ids are unknown, and unknown ids are ignored.
                break;
        }
    }
}
