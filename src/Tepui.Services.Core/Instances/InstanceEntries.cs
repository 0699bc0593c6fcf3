using Tepui.Model.Identifiers;
using Tepui.Protocol.Services;

namespace Tepui.Services.Core.Instances;

/// <summary>Instances as the store holds them.</summary>
internal static class InstanceEntries
{
    private const int Unmapped = -1;

    /// <summary>As stored.</summary>
    public static InstanceEntry Write(Instance instance)
    {
        var entry = new InstanceEntry
        {
            Id = instance.Id.Value,
            Spec = instance.Spec.Value,
            SpecVersion = Millis(instance.SpecVersion),
            ConfigVersion = Millis(instance.ConfigVersion),
            Role = instance.Role,
            Goal = (int)instance.Goal,
            Condition = (int)instance.Condition,
            Since = Millis(instance.Since),
            Launches = instance.Launches,
            Ready = instance.Ready,
            Reserved = instance.IsReserved,
        };
        if (instance.ActiveSince is { } active)
        {
            entry.ActiveSince = Millis(active);
        }

        if (instance.Healthy is { } healthy)
        {
            entry.Healthy = healthy;
        }

        if (instance.Host is { } host)
        {
            entry.Host = Write(host);
        }

        entry.Volumes.AddRange(instance.Volumes);
        entry.Tasks.AddRange(instance.Tasks.Select(Write));
        return entry;
    }

    /// <summary>From the store.</summary>
    /// <param name="entry">As stored.</param>
    /// <param name="intern">Gives one object for equal hosts.</param>
    public static Instance Read(InstanceEntry entry, Func<Host, Host> intern) => new()
    {
        Id = new(entry.Id),
        Spec = new(entry.Spec),
        SpecVersion = Time(entry.SpecVersion),
        ConfigVersion = Time(entry.ConfigVersion),
        Role = entry.Role,
        Goal = (Goal)entry.Goal,
        Condition = (Condition)entry.Condition,
        Since = Time(entry.Since),
        ActiveSince = entry.HasActiveSince ? Time(entry.ActiveSince) : null,
        Launches = entry.Launches,
        Ready = entry.Ready,
        Healthy = entry.HasHealthy ? entry.Healthy : null,
        Host = entry.Host is null ? null : intern(Read(entry.Host)),
        IsReserved = entry.Reserved,
        Volumes = entry.Volumes.Count == 0 ? [] : [.. entry.Volumes],
        Tasks = [.. entry.Tasks.Select(Read)],
    };

    private static InstanceEntry.Types.Host Write(Host host)
    {
        var entry = new InstanceEntry.Types.Host { AgentId = host.Agent.Value, Hostname = host.Hostname };
        if (host.Region is { } region)
        {
            entry.Region = region;
        }

        if (host.Zone is { } zone)
        {
            entry.Zone = zone;
        }

        entry.Attributes.AddRange(host.Attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new InstanceEntry.Types.Attribute { Name = pair.Key, Value = pair.Value }));
        return entry;
    }

    private static Host Read(InstanceEntry.Types.Host entry) => new(
        new AgentId(entry.AgentId),
        entry.Hostname,
        entry.HasRegion ? entry.Region : null,
        entry.HasZone ? entry.Zone : null,
        entry.Attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value, StringComparer.Ordinal));

    private static InstanceEntry.Types.Task Write(InstanceTask task)
    {
        var entry = new InstanceEntry.Types.Task { Id = task.Id.Value, State = task.State, StagedAt = Millis(task.StagedAt) };
        if (task.Container is { } container)
        {
            entry.Container = container;
        }

        if (task.StartedAt is { } started)
        {
            entry.StartedAt = Millis(started);
        }

        if (task.EndedAt is { } ended)
        {
            entry.EndedAt = Millis(ended);
        }

        if (task.Healthy is { } healthy)
        {
            entry.Healthy = healthy;
        }

        if (task.Message is { } message)
        {
            entry.Message = message;
        }

        entry.HostPorts.AddRange(task.HostPorts.Select(port => port ?? Unmapped));
        entry.Addresses.AddRange(task.Addresses);
        return entry;
    }

    private static InstanceTask Read(InstanceEntry.Types.Task entry) => new()
    {
        Id = new TaskId(entry.Id),
        Container = entry.HasContainer ? entry.Container : null,
        State = entry.State,
        StagedAt = Time(entry.StagedAt),
        StartedAt = entry.HasStartedAt ? Time(entry.StartedAt) : null,
        EndedAt = entry.HasEndedAt ? Time(entry.EndedAt) : null,
        HostPorts = [.. entry.HostPorts.Select(port => port == Unmapped ? (int?)null : port)],
        Addresses = [.. entry.Addresses],
        Healthy = entry.HasHealthy ? entry.Healthy : null,
        Message = entry.HasMessage ? entry.Message : null,
    };

    private static long Millis(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static DateTimeOffset Time(long millis) => DateTimeOffset.FromUnixTimeMilliseconds(millis);
}
