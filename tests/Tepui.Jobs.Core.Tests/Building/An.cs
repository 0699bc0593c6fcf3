using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Tests.Building;

/// <summary>Builders with valid defaults, for what begins with a vowel.</summary>
internal static class An
{
    private static int _offers;

    /// <summary>An offer of a host: 100 cores, 100,000 MiB of memory and of disk.</summary>
    public static Offer Offer(string host = "host1", double cpus = 100, double mem = 100_000, double disk = 100_000, string role = "*") => new()
    {
        Id = new() { Value = $"offer-{Interlocked.Increment(ref _offers)}" },
        FrameworkId = new() { Value = "framework" },
        AgentId = new() { Value = "agent-" + host },
        Hostname = host,
        AllocationInfo = new() { Role = role },
        Resources = { Scalar("cpus", cpus, role), Scalar("mem", mem, role), Scalar("disk", disk, role) },
    };

    /// <summary>The same offer with a text attribute.</summary>
    public static Offer With(this Offer offer, string attribute, string value)
    {
        offer.Attributes.Add(new Protocol.V1.Attribute { Name = attribute, Type = Value.Types.Type.Text, Text = new() { Value = value } });
        return offer;
    }

    /// <summary>An amount.</summary>
    public static Resource Scalar(string name, double value, string role = "*") => new()
    {
        Name = name,
        Type = Value.Types.Type.Scalar,
        Scalar = new() { Value = value },
        AllocationInfo = new() { Role = role },
    };

    /// <summary>News of a task.</summary>
    public static TaskStatus Status(string task, TaskState state, TaskStatus.Types.Reason? reason = null, string host = "host1")
    {
        var status = new TaskStatus { TaskId = new() { Value = task }, State = state, AgentId = new() { Value = "agent-" + host }, Message = $"is {state}" };
        if (reason is { } why)
        {
            status.Reason = why;
        }

        return status;
    }
}
