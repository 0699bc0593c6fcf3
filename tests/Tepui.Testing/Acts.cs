using Google.Protobuf;
using Tepui.Master.Core;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Testing;

/// <summary>What frameworks and agents do in most tests, in one line each.</summary>
public static class Acts
{
    /// <summary>A framework accepts offers.</summary>
    public static (int Status, string Body) Accept(this MasterHarness master, StreamId stream, IEnumerable<Offer> offers, params Offer.Types.Operation[] operations)
    {
        var list = offers.ToList();
        return master.Make(stream, new Call
        {
            Type = Call.Types.Type.Accept,
            FrameworkId = list[0].FrameworkId,
            Accept = new() { OfferIds = { list.Select(static offer => offer.Id) }, Operations = { operations }, Filters = new() { RefuseSeconds = 0 } },
        });
    }

    /// <summary>A framework declines an offer.</summary>
    public static (int Status, string Body) Decline(this MasterHarness master, StreamId stream, Offer offer, double? seconds = null) => master.Make(stream, new Call
    {
        Type = Call.Types.Type.Decline,
        FrameworkId = offer.FrameworkId,
        Decline = new() { OfferIds = { offer.Id }, Filters = seconds is { } given ? new() { RefuseSeconds = given } : null },
    });

    /// <summary>A framework acknowledges a status.</summary>
    public static (int Status, string Body) Acknowledge(this MasterHarness master, StreamId stream, FrameworkID framework, TaskStatus status) => master.Make(stream, new Call
    {
        Type = Call.Types.Type.Acknowledge,
        FrameworkId = framework,
        Acknowledge = new() { AgentId = status.AgentId, TaskId = status.TaskId, Uuid = status.Uuid },
    });

    /// <summary>A status as an agent sends it, with a uuid made from <paramref name="number"/>.</summary>
    public static AgentFrame Update(FrameworkID framework, TaskID task, AgentID agent, TaskState state, byte number = 1, TaskState? latest = null) => new()
    {
        StatusUpdate = new()
        {
            FrameworkId = framework,
            LatestState = latest ?? state,
            Status = new()
            {
                TaskId = task,
                AgentId = agent,
                State = state,
                Source = TaskStatus.Types.Source.Executor,
                Timestamp = 1,
                Uuid = Uuid(number),
            },
        },
    };

    /// <summary>A framework wants a task ended.</summary>
    public static (int Status, string Body) Kill(this MasterHarness master, StreamId stream, FrameworkID framework, string task, AgentID? agent = null) => master.Make(stream, new Call
    {
        Type = Call.Types.Type.Kill,
        FrameworkId = framework,
        Kill = new() { TaskId = new() { Value = task }, AgentId = agent },
    });

    /// <summary>A framework asks after tasks: of those named, or of all.</summary>
    public static (int Status, string Body) Reconcile(this MasterHarness master, StreamId stream, FrameworkID framework, params (string Task, string? Agent)[] tasks)
    {
        var call = new Call { Type = Call.Types.Type.Reconcile, FrameworkId = framework, Reconcile = new() };
        foreach (var (task, agent) in tasks)
        {
            call.Reconcile.Tasks.Add(new Call.Types.Reconcile.Types.Task { TaskId = new() { Value = task }, AgentId = agent is null ? null : new() { Value = agent } });
        }

        return master.Make(stream, call);
    }

    /// <summary>What an agent says of itself when it comes back: a default agent under that id.</summary>
    public static AgentInfo AgentInfo(this MasterHarness master, AgentID id)
    {
        ArgumentNullException.ThrowIfNull(master);
        var info = An.Agent();
        info.Id = id;
        return info;
    }

    /// <summary>The one offer open now.</summary>
    public static Offer OpenOffer(this MasterHarness master) => master.View.Frameworks.SelectMany(static framework => framework.Offers).Single();

    /// <summary>A task as an agent reports it.</summary>
    public static Protocol.V1.Task Task(FrameworkID framework, AgentID agent, string id, TaskState state, double cpus = 0.1, string role = "*")
    {
        var task = new Protocol.V1.Task
        {
            Name = id,
            TaskId = new() { Value = id },
            FrameworkId = framework,
            AgentId = agent,
            State = state,
            Resources = { A.Scalar("cpus", cpus), A.Scalar("mem", 32) },
        };
        foreach (var resource in task.Resources)
        {
            resource.AllocationInfo = new() { Role = role };
        }

        return task;
    }

    /// <summary>A valid uuid that depends on a number.</summary>
    public static ByteString Uuid(byte number) => ByteString.CopyFrom(number, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 0);
}
