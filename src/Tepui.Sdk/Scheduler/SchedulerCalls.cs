using Google.Protobuf;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Sdk.Scheduler;

/// <summary>One method per call of the scheduler API. Those without <c>Async</c> do not wait for the answer (see <see cref="SchedulerClient.Post"/>).</summary>
public static class SchedulerCalls
{
    /// <summary>Launches tasks on an offer; what they leave of it is not offered again for <paramref name="refuse"/>.</summary>
    /// <param name="client">Who.</param>
    /// <param name="offer">Where.</param>
    /// <param name="tasks">Each with agent id, resources taken from the offer, and a command or an executor.</param>
    /// <param name="refuse">Default 5 s.</param>
    public static void Launch(this SchedulerClient client, Offer offer, IEnumerable<TaskInfo> tasks, TimeSpan? refuse = null)
    {
        var operation = new Offer.Types.Operation { Type = Offer.Types.Operation.Types.Type.Launch, Launch = new() };
        operation.Launch.TaskInfos.AddRange(tasks);
        client.Accept([OfferId.From(offer.Id)], [operation], refuse);
    }

    /// <summary>Launches tasks that start together or not at all.</summary>
    /// <param name="client">Who.</param>
    /// <param name="offer">Where.</param>
    /// <param name="executor">Runs them; its framework id is filled in.</param>
    /// <param name="tasks">Each with agent id, resources and a command.</param>
    /// <param name="refuse">Default 5 s.</param>
    public static void LaunchGroup(this SchedulerClient client, Offer offer, ExecutorInfo executor, IEnumerable<TaskInfo> tasks, TimeSpan? refuse = null)
    {
        executor.FrameworkId ??= client.FrameworkId.ToWire();
        var group = new TaskGroupInfo();
        group.Tasks.AddRange(tasks);
        var operation = new Offer.Types.Operation
        {
            Type = Offer.Types.Operation.Types.Type.LaunchGroup,
            LaunchGroup = new() { Executor = executor, TaskGroup = group },
        };
        client.Accept([OfferId.From(offer.Id)], [operation], refuse);
    }

    /// <summary>Uses offers of one agent for any operations, in order.</summary>
    public static void Accept(this SchedulerClient client, IEnumerable<OfferId> offers, IEnumerable<Offer.Types.Operation> operations, TimeSpan? refuse = null)
    {
        var call = new Call { Type = Call.Types.Type.Accept, Accept = new() { Filters = Refuse(refuse) } };
        call.Accept.OfferIds.AddRange(offers.Select(offer => offer.ToWire()));
        call.Accept.Operations.AddRange(operations);
        client.Post(call);
    }

    /// <summary>Gives offers back, not to be offered again for <paramref name="refuse"/> (default 5 s).</summary>
    public static void Decline(this SchedulerClient client, IEnumerable<OfferId> offers, TimeSpan? refuse = null)
    {
        var call = new Call { Type = Call.Types.Type.Decline, Decline = new() { Filters = Refuse(refuse) } };
        call.Decline.OfferIds.AddRange(offers.Select(offer => offer.ToWire()));
        if (call.Decline.OfferIds.Count > 0)
        {
            client.Post(call);
        }
    }

    /// <summary>Wants offers again, for these roles or all, and forgets every refusal.</summary>
    public static void Revive(this SchedulerClient client, params IEnumerable<string> roles)
    {
        var call = new Call { Type = Call.Types.Type.Revive, Revive = new() };
        call.Revive.Roles.AddRange(roles);
        client.Post(call);
    }

    /// <summary>Wants no offers, for these roles or all, until <see cref="Revive"/>.</summary>
    public static void Suppress(this SchedulerClient client, params IEnumerable<string> roles)
    {
        var call = new Call { Type = Call.Types.Type.Suppress, Suppress = new() };
        call.Suppress.Roles.AddRange(roles);
        client.Post(call);
    }

    /// <summary>Ends a task; an update says how it went.</summary>
    /// <param name="client">Who.</param>
    /// <param name="task">Which.</param>
    /// <param name="agent">Where, if known.</param>
    /// <param name="grace">Time between asking and forcing, instead of the task's own.</param>
    public static void Kill(this SchedulerClient client, TaskId task, AgentId agent = default, TimeSpan? grace = null)
    {
        var kill = new Call.Types.Kill { TaskId = task.ToWire() };
        if (agent.IsSet)
        {
            kill.AgentId = agent.ToWire();
        }

        if (grace is { } time)
        {
            kill.KillPolicy = new() { GracePeriod = new() { Nanoseconds = time.Ticks * TimeSpan.NanosecondsPerTick } };
        }

        client.Post(new() { Type = Call.Types.Type.Kill, Kill = kill });
    }

    /// <summary>Ends an executor and its tasks.</summary>
    public static void ShutdownExecutor(this SchedulerClient client, ExecutorId executor, AgentId agent) => client.Post(new()
    {
        Type = Call.Types.Type.Shutdown,
        Shutdown = new() { ExecutorId = executor.ToWire(), AgentId = agent.ToWire() },
    });

    /// <summary>Says that an update was taken in, so that the next one of its task can come. Done by the client itself unless switched off.</summary>
    public static void Acknowledge(this SchedulerClient client, TaskStatus status)
    {
        if (status.HasUuid)
        {
            client.Post(new()
            {
                Type = Call.Types.Type.Acknowledge,
                Acknowledge = new() { AgentId = status.AgentId, TaskId = status.TaskId, Uuid = status.Uuid },
            });
        }
    }

    /// <summary>Says that an update of an operation was taken in.</summary>
    public static void Acknowledge(this SchedulerClient client, OperationStatus status)
    {
        if (status.Uuid is not null)
        {
            client.Post(new()
            {
                Type = Call.Types.Type.AcknowledgeOperationStatus,
                AcknowledgeOperationStatus = new()
                {
                    AgentId = status.AgentId,
                    ResourceProviderId = status.ResourceProviderId,
                    OperationId = status.OperationId,
                    Uuid = status.Uuid.Value,
                },
            });
        }
    }

    /// <summary>Asks for the state of these tasks, or of all the master knows of when none is named. Done by the client itself unless switched off.</summary>
    public static void Reconcile(this SchedulerClient client, params IEnumerable<TaskId> tasks)
    {
        var call = new Call { Type = Call.Types.Type.Reconcile, Reconcile = new() };
        call.Reconcile.Tasks.AddRange(tasks.Select(task => new Call.Types.Reconcile.Types.Task { TaskId = task.ToWire() }));
        client.Post(call);
    }

    /// <summary>Sends bytes to an executor; best effort.</summary>
    public static void Message(this SchedulerClient client, AgentId agent, ExecutorId executor, ByteString data) => client.Post(new()
    {
        Type = Call.Types.Type.Message,
        Message = new() { AgentId = agent.ToWire(), ExecutorId = executor.ToWire(), Data = data },
    });

    /// <summary>Changes the framework's settings; id, user, principal and checkpoint must stay.</summary>
    /// <exception cref="Http.CallFailedException">Refused, with the reason, or not answered.</exception>
    public static Task UpdateFrameworkAsync(
        this SchedulerClient client, FrameworkInfo framework, IEnumerable<string> suppressedRoles, CancellationToken cancel = default)
    {
        var call = new Call { Type = Call.Types.Type.UpdateFramework, UpdateFramework = new() { FrameworkInfo = framework } };
        call.UpdateFramework.SuppressedRoles.AddRange(suppressedRoles);
        return client.SendAsync(call, cancel);
    }

    /// <summary>Ends the framework for good: its tasks are killed, its id never works again.</summary>
    /// <exception cref="Http.CallFailedException">Refused, or not answered.</exception>
    public static Task TeardownAsync(this SchedulerClient client, CancellationToken cancel = default) =>
        client.SendAsync(new() { Type = Call.Types.Type.Teardown }, cancel);

    private static Filters? Refuse(TimeSpan? time) => time is { } refuse ? new() { RefuseSeconds = refuse.TotalSeconds } : null;
}
