using Microsoft.Extensions.Logging;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Sdk.Scheduler;
using Tepui.Services.Core;

namespace Tepui.Services.Scheduling;

/// <summary>The connection to the master: what it sends goes to the core, what the core wants is sent as calls. Calls never wait.</summary>
/// <param name="client">The SDK's side; it does not acknowledge by itself.</param>
/// <param name="framework">Who we are; roles are added to it as apps need them.</param>
/// <param name="logger">Where trouble is told.</param>
internal sealed class MasterLink(SchedulerClient client, FrameworkInfo framework, ILogger logger)
{
    // The master's answer to a question is one update per task: pieces keep its stream going in between.
    private const int ReconcileMax = 1000;

    private readonly FrameworkInfo _framework = framework.Clone();

    /// <summary>Calls sent since the start, by kind.</summary>
    public CallCounters Counters { get; } = new();

    /// <summary>Whether calls can be made now.</summary>
    public bool IsSubscribed => client.IsSubscribed;

    /// <summary>Carries news from the master to the core until <paramref name="stopping"/>.</summary>
    /// <exception cref="FrameworkErrorException">The master will not have this framework.</exception>
    public async Task RunAsync(Func<ServicesInput, ValueTask> tell, CancellationToken stopping)
    {
        try
        {
            await foreach (var happened in client.RunAsync(stopping))
            {
                if (Read(happened) is { } input)
                {
                    await tell(input);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    /// <summary>Uses an offer.</summary>
    public void Accept(ServicesEffect.Accept accept)
    {
        Counters.Accepted(accept.Operations);
        client.Accept([accept.Offer], accept.Operations, accept.Refuse);
    }

    /// <summary>Gives offers back.</summary>
    public void Decline(ServicesEffect.Decline decline)
    {
        Counters.Declined(decline.Offers.Count);
        client.Decline(decline.Offers, decline.Refuse);
    }

    /// <summary>Wants offers for roles; subscribes to those that are new.</summary>
    public void Revive(ServicesEffect.Revive revive)
    {
        var added = revive.Roles.Except(_framework.Roles, StringComparer.Ordinal).ToList();
        if (added.Count > 0)
        {
            _framework.Roles.AddRange(added);
            client.ChangeFramework(_framework);
        }

        // Offers for all roles come by themselves with the next subscription.
        if (client.IsSubscribed)
        {
            Counters.Revived();
            client.Revive(revive.Roles);
        }
    }

    /// <summary>Wants no offers for roles. One that was never subscribed to would make the master drop the whole call.</summary>
    public void Suppress(ServicesEffect.Suppress suppress)
    {
        var roles = suppress.Roles.Intersect(_framework.Roles, StringComparer.Ordinal).ToList();
        if (client.IsSubscribed && roles.Count > 0)
        {
            Counters.Suppressed();
            client.Suppress(roles);
        }
    }

    /// <summary>Ends a task.</summary>
    public void Kill(ServicesEffect.Kill kill) => client.Kill(kill.Task, kill.Agent ?? default, kill.Grace);

    /// <summary>Says that an update was taken in.</summary>
    public void Acknowledge(ServicesEffect.Acknowledge acknowledge) => client.Acknowledge(acknowledge.Status);

    /// <summary>Asks about tasks; about all when none is named.</summary>
    public void Reconcile(ServicesEffect.Reconcile reconcile)
    {
        if (reconcile.Tasks.Count == 0)
        {
            client.Reconcile();
            return;
        }

        foreach (var part in reconcile.Tasks.Chunk(ReconcileMax))
        {
            var call = new Call { Type = Call.Types.Type.Reconcile, Reconcile = new() };
            foreach (var (task, agent) in part)
            {
                call.Reconcile.Tasks.Add(new Call.Types.Reconcile.Types.Task { TaskId = task.ToWire(), AgentId = agent?.ToWire() });
            }

            client.Post(call);
        }
    }

    private ServicesInput? Read(SchedulerEvent happened)
    {
        switch (happened)
        {
            case SchedulerEvent.Subscribed subscribed:
                var master = subscribed.Master is { } info ? $"{info.Hostname}:{info.Port}" : "";
                logger.Subscribed(master, subscribed.Framework.Value);
                return new ServicesInput.Subscribed(subscribed.Framework, master, subscribed.Again);
            case SchedulerEvent.Disconnected disconnected:
                logger.Disconnected(disconnected.Reason);
                return new ServicesInput.Disconnected();
            case SchedulerEvent.Offered offered:
                Counters.Offered(offered.Offers.Count);
                return new ServicesInput.Offered(offered.Offers);
            case SchedulerEvent.Rescinded rescinded:
                return new ServicesInput.Rescinded(rescinded.Offer);
            case SchedulerEvent.Updated updated:
                Counters.Updated(updated.Status.State);
                return new ServicesInput.Updated(updated.Status);
            case SchedulerEvent.OperationUpdated operation:
                client.Acknowledge(operation.Status);
                return new ServicesInput.OperationUpdated(operation.Status);
            case SchedulerEvent.MessageReceived message:
                return new ServicesInput.Message(message.Agent, message.Executor, message.Data.ToByteArray());
            case SchedulerEvent.CallFailed failed:
                return Failed(failed);
            default:
                return null;
        }
    }

    // Only lost launches need the core at once: kills are repeated, offers end, and a new subscription asks about everything.
    private ServicesInput.AcceptFailed? Failed(SchedulerEvent.CallFailed failed)
    {
        logger.CallFailed(failed.Call.Type.ToString(), failed.Answer.Status, failed.Answer.Body);
        return failed.Call.Accept is { } accept
            ? new([.. accept.Operations.SelectMany(Tasks).Select(task => TaskId.From(task.TaskId))], failed.Answer.Body)
            : null;
    }

    private static IEnumerable<TaskInfo> Tasks(Offer.Types.Operation operation) => operation.Launch?.TaskInfos ?? operation.LaunchGroup?.TaskGroup?.Tasks ?? [];
}
