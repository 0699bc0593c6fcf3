using Microsoft.Extensions.Logging;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Sdk.Http;
using Tepui.Sdk.Scheduler;

namespace Tepui.Frameworks.Scheduling;

/// <summary>The connection to the master: what it sends goes to the core, what the core wants is sent as calls. Calls never wait.</summary>
/// <typeparam name="TInput">Inputs of the core.</typeparam>
/// <param name="news">Makes inputs of what the master says.</param>
/// <param name="connect">Makes the SDK's side for a framework; it does not acknowledge by itself.</param>
/// <param name="roles">Who we are; roles are added as work needs them and the master takes them.</param>
/// <param name="logger">Where trouble is told.</param>
public sealed class MasterLink<TInput>(IMasterNews<TInput> news, Func<FrameworkInfo, SchedulerClient> connect, SubscribedRoles roles, ILogger logger) : IAsyncDisposable
    where TInput : class
{
    // The master's answer to a question is one update per task: pieces keep its stream going in between.
    private const int ReconcileMax = 1000;

    private readonly SemaphoreSlim _asking = new(1);
    private volatile SchedulerClient _client = connect(roles.Framework);

    /// <summary>Calls sent since the start, by kind.</summary>
    public CallCounters Counters { get; } = new();

    /// <summary>Carries news from the master to the core until <paramref name="stopping"/>.</summary>
    /// <exception cref="FrameworkErrorException">The master will not have this framework.</exception>
    public async Task RunAsync(Func<TInput, ValueTask> tell, CancellationToken stopping)
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
                // One role that the master does not have must not keep all work from running; the others are asked for one by one.
                logger.RolesDropped(string.Join(", ", roles.Others), e.Message);
                roles.DropOthers();
                await _client.DisposeAsync();
                _client = connect(roles.Framework);
                await tell(news.Disconnected());
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();

    /// <summary>Uses an offer.</summary>
    /// <param name="offer">Which.</param>
    /// <param name="operations">What for, in order.</param>
    /// <param name="refuse">How long the rest is not wanted.</param>
    public void Accept(OfferId offer, IReadOnlyList<Offer.Types.Operation> operations, TimeSpan refuse)
    {
        Counters.Accepted(operations);
        _client.Accept([offer], operations, refuse);
    }

    /// <summary>Gives offers back.</summary>
    public void Decline(IReadOnlyList<OfferId> offers, TimeSpan refuse)
    {
        Counters.Declined(offers.Count);
        _client.Decline(offers, refuse);
    }

    /// <summary>Wants offers for roles; asks the master for those that are new.</summary>
    public void Revive(IReadOnlyList<string> wanted)
    {
        // The core wants them again after the next subscription.
        var client = _client;
        if (!client.IsSubscribed)
        {
            return;
        }

        if (roles.Taken(wanted) is { Count: > 0 } taken)
        {
            Counters.Revived();
            client.Revive(taken);
        }

        foreach (var role in roles.Ask(wanted))
        {
            _ = AskAsync(client, role);
        }
    }

    /// <summary>Wants no offers for roles. One that was never subscribed to would make the master drop the whole call.</summary>
    public void Suppress(IReadOnlyList<string> unwanted)
    {
        var taken = roles.Taken(unwanted);
        if (_client.IsSubscribed && taken.Count > 0)
        {
            Counters.Suppressed();
            _client.Suppress(taken);
        }
    }

    /// <summary>Ends a task.</summary>
    public void Kill(TaskId task, AgentId? agent, TimeSpan? grace) => _client.Kill(task, agent ?? default, grace);

    /// <summary>Says that an update was taken in.</summary>
    public void Acknowledge(TaskStatus status) => _client.Acknowledge(status);

    /// <summary>Asks about tasks; about all when none is named.</summary>
    public void Reconcile(IReadOnlyList<(TaskId Task, AgentId? Agent)> tasks)
    {
        if (tasks.Count == 0)
        {
            _client.Reconcile();
            return;
        }

        foreach (var part in tasks.Chunk(ReconcileMax))
        {
            var call = new Call { Type = Call.Types.Type.Reconcile, Reconcile = new() };
            foreach (var (task, agent) in part)
            {
                call.Reconcile.Tasks.Add(new Call.Types.Reconcile.Types.Task { TaskId = task.ToWire(), AgentId = agent?.ToWire() });
            }

            _client.Post(call);
        }
    }

    private async Task ReadAsync(Func<TInput, ValueTask> tell, CancellationToken stopping)
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

    private TInput? Read(SchedulerEvent happened)
    {
        switch (happened)
        {
            case SchedulerEvent.Subscribed subscribed:
                var master = subscribed.Master is { } info ? $"{info.Hostname}:{info.Port}" : "";
                logger.Subscribed(master, subscribed.Framework.Value);
                roles.Subscribed(subscribed.Framework);
                return news.Subscribed(subscribed.Framework, master, subscribed.Again);
            case SchedulerEvent.Disconnected disconnected:
                logger.Disconnected(disconnected.Reason);
                return news.Disconnected();
            case SchedulerEvent.Offered offered:
                Counters.Offered(offered.Offers.Count);
                return news.Offered(offered.Offers);
            case SchedulerEvent.Rescinded rescinded:
                return news.Rescinded(rescinded.Offer);
            case SchedulerEvent.Updated updated:
                Counters.Updated(updated.Status.State);
                return news.Updated(updated.Status);
            case SchedulerEvent.OperationUpdated operation:
                _client.Acknowledge(operation.Status);
                return news.OperationUpdated(operation.Status);
            case SchedulerEvent.MessageReceived message:
                return news.Message(message.Agent, message.Executor, message.Data.ToByteArray());
            case SchedulerEvent.CallFailed failed:
                return Failed(failed);
            default:
                return null;
        }
    }

    // Only lost launches need the core at once: kills are repeated, and a new subscription asks about everything.
    private TInput? Failed(SchedulerEvent.CallFailed failed)
    {
        logger.CallFailed(failed.Call.Type.ToString(), failed.Answer.Status, failed.Answer.Body);
        GiveBack(failed.Call);
        return failed.Call.Accept is { } accept
            ? news.LaunchesFailed([.. accept.Operations.SelectMany(Tasks).Select(task => TaskId.From(task.TaskId))], failed.Answer.Body)
            : null;
    }

    // The core has let go of the offers of the call, and the master may hold them for us as long as the stream lives. It passes over those it does not know. What was given back so is not again.
    private void GiveBack(Call call)
    {
        if (call.Accept is { } accept)
        {
            _client.Decline(accept.OfferIds.Select(OfferId.From), TimeSpan.Zero);
        }
        else if (call.Decline is { Filters.RefuseSeconds: > 0 } decline)
        {
            _client.Decline(decline.OfferIds.Select(OfferId.From), TimeSpan.Zero);
        }
    }

    private static IEnumerable<TaskInfo> Tasks(Offer.Types.Operation operation) => operation.Launch?.TaskInfos ?? operation.LaunchGroup?.TaskGroup?.Tasks ?? [];
}
