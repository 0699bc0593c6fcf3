using Microsoft.Extensions.Logging;
using Tepui.Frameworks.Scheduling;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Sdk.Http;
using Tepui.Sdk.Scheduler;
using Tepui.Services.Core;

namespace Tepui.Services.Scheduling;

/// <summary>The connection to the master: what it sends goes to the core, what the core wants is sent as calls. Calls never wait.</summary>
/// <param name="connect">Makes the SDK's side for a framework; it does not acknowledge by itself.</param>
/// <param name="roles">Who we are; roles are added as apps need them and the master takes them.</param>
/// <param name="logger">Where trouble is told.</param>
internal sealed class MasterLink(Func<FrameworkInfo, SchedulerClient> connect, SubscribedRoles roles, ILogger logger) : IAsyncDisposable
{
    // The master's answer to a question is one update per task: pieces keep its stream going in between.
    private const int ReconcileMax = 1000;

    private readonly SemaphoreSlim _asking = new(1);
    private volatile SchedulerClient _client = connect(roles.Framework);

    /// <summary>Calls sent since the start, by kind.</summary>
    public CallCounters Counters { get; } = new();

    /// <summary>Carries news from the master to the core until <paramref name="stopping"/>.</summary>
    /// <exception cref="FrameworkErrorException">The master will not have this framework.</exception>
    public async Task RunAsync(Func<ServicesInput, ValueTask> tell, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await ReadAsync(tell, stopping);
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (FrameworkErrorException e) when (e.Message.Contains("role", StringComparison.OrdinalIgnoreCase) && roles.Others.Count > 0)
            {
                // One role that the master does not have must not keep all apps from running; the others are asked for one by one.
                logger.RolesDropped(string.Join(", ", roles.Others), e.Message);
                roles.DropOthers();
                await _client.DisposeAsync();
                _client = connect(roles.Framework);
                await tell(new ServicesInput.Disconnected());
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    /// <summary>Uses an offer.</summary>
    public void Accept(ServicesEffect.Accept accept)
    {
        Counters.Accepted(accept.Operations);
        _client.Accept([accept.Offer], accept.Operations, accept.Refuse);
    }

    /// <summary>Gives offers back.</summary>
    public void Decline(ServicesEffect.Decline decline)
    {
        Counters.Declined(decline.Offers.Count);
        _client.Decline(decline.Offers, decline.Refuse);
    }

    /// <summary>Wants offers for roles; asks the master for those that are new.</summary>
    public void Revive(ServicesEffect.Revive revive)
    {
        // The core wants them again after the next subscription.
        var client = _client;
        if (!client.IsSubscribed)
        {
            return;
        }

        if (roles.Taken(revive.Roles) is { Count: > 0 } taken)
        {
            Counters.Revived();
            client.Revive(taken);
        }

        foreach (var role in roles.Ask(revive.Roles))
        {
            _ = AskAsync(client, role);
        }
    }

    /// <summary>Wants no offers for roles. One that was never subscribed to would make the master drop the whole call.</summary>
    public void Suppress(ServicesEffect.Suppress suppress)
    {
        var taken = roles.Taken(suppress.Roles);
        if (_client.IsSubscribed && taken.Count > 0)
        {
            Counters.Suppressed();
            _client.Suppress(taken);
        }
    }

    /// <summary>Ends a task.</summary>
    public void Kill(ServicesEffect.Kill kill) => _client.Kill(kill.Task, kill.Agent ?? default, kill.Grace);

    /// <summary>Says that an update was taken in.</summary>
    public void Acknowledge(ServicesEffect.Acknowledge acknowledge) => _client.Acknowledge(acknowledge.Status);

    /// <summary>Asks about tasks; about all when none is named.</summary>
    public void Reconcile(ServicesEffect.Reconcile reconcile)
    {
        if (reconcile.Tasks.Count == 0)
        {
            _client.Reconcile();
            return;
        }

        foreach (var part in reconcile.Tasks.Chunk(ReconcileMax))
        {
            var call = new Call { Type = Call.Types.Type.Reconcile, Reconcile = new() };
            foreach (var (task, agent) in part)
            {
                call.Reconcile.Tasks.Add(new Call.Types.Reconcile.Types.Task { TaskId = task.ToWire(), AgentId = agent?.ToWire() });
            }

            _client.Post(call);
        }
    }

    private async Task ReadAsync(Func<ServicesInput, ValueTask> tell, CancellationToken stopping)
    {
        await foreach (var happened in _client.RunAsync(stopping))
        {
            if (Read(happened) is { } input)
            {
                await tell(input);
            }
        }
    }

    // One role at a time: the master refuses all for one that it does not have.
    private async Task AskAsync(SchedulerClient client, string role)
    {
        await _asking.WaitAsync();
        try
        {
            await client.ChangeFrameworkAsync(roles.With(role));
            roles.Take(role);
            Counters.Revived();
            client.Revive([role]);
        }
        catch (CallFailedException e) when (e.Answer.Status is >= 400 and < 500)
        {
            logger.RoleRefused(role, e.Answer.Body, SubscribedRoles.Rest);
            roles.Refuse(role);
        }
        catch (Exception e)
        {
            // The subscription was lost on the way: the core wants the role again with the next one.
            logger.RoleNotAsked(role, e.Message);
            roles.Leave(role);
        }
        finally
        {
            _asking.Release();
        }
    }

    private ServicesInput? Read(SchedulerEvent happened)
    {
        switch (happened)
        {
            case SchedulerEvent.Subscribed subscribed:
                var master = subscribed.Master is { } info ? $"{info.Hostname}:{info.Port}" : "";
                logger.Subscribed(master, subscribed.Framework.Value);
                roles.Subscribed(subscribed.Framework);
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
                _client.Acknowledge(operation.Status);
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
