using Microsoft.Extensions.Logging;
using Tepui.Frameworks.Hosting;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Sdk.Scheduler;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;

namespace Tepui.Frameworks.Scheduling;

/// <summary>Who a framework is to the master, and how it speaks with it.</summary>
public sealed record FrameworkProfile
{
    /// <summary>What every framework here can deal with.</summary>
    public static IReadOnlyList<Capability> StandardCapabilities { get; } =
        [Capability.PartitionAware, Capability.MultiRole, Capability.TaskKillingState, Capability.RegionAware, Capability.ReservationRefinement];

    /// <summary>Masters of the pool, HOST:PORT each.</summary>
    public required IReadOnlyList<string> Masters { get; init; }

    /// <summary>Name told to the master.</summary>
    public required string Name { get; init; }

    /// <summary>User that tasks run as; <see langword="null"/> for the user of the process.</summary>
    public string? User { get; init; }

    /// <summary>Address of the web page; <see langword="null"/> for the own one.</summary>
    public string? WebUiUrl { get; init; }

    /// <summary>Tasks outlive the restart of their agent.</summary>
    public bool Checkpoint { get; init; } = true;

    /// <summary>Time the master keeps the tasks of a framework that is away.</summary>
    public TimeSpan FailoverTimeout { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Principal and secret told to the master, if it wants them.</summary>
    public (string Principal, string Secret)? Authentication { get; init; }

    /// <summary>Heartbeats of the master that may be missed.</summary>
    public double HeartbeatsMissedMax { get; init; } = 5;

    /// <summary>What the framework can deal with.</summary>
    public IReadOnlyList<Capability> Capabilities { get; init; } = StandardCapabilities;

    /// <summary>As told to the master.</summary>
    /// <param name="identity">Where the framework is reached.</param>
    /// <param name="roles">Roles it subscribes to at the start.</param>
    /// <param name="id">Its id of earlier lives, if any.</param>
    public FrameworkInfo Info(FrameworkIdentity identity, IEnumerable<string> roles, string? id)
    {
        var framework = new FrameworkInfo
        {
            Name = Name,
            User = User ?? System.Environment.UserName,
            Hostname = identity.Hostname,
            WebuiUrl = WebUiUrl ?? identity.Url,
            Checkpoint = Checkpoint,
            FailoverTimeout = FailoverTimeout.TotalSeconds,
        };
        framework.Capabilities.AddRange(Capabilities.Select(type => new FrameworkInfo.Types.Capability { Type = type }));
        framework.Roles.AddRange(roles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        if (Authentication is var (principal, _))
        {
            framework.Principal = principal;
        }

        if (id is not null)
        {
            framework.Id = new FrameworkId(id).ToWire();
        }

        return framework;
    }

    /// <summary>The connection to the master.</summary>
    /// <param name="framework">As told to the master at the start.</param>
    /// <param name="role">The role that is always subscribed to.</param>
    /// <param name="news">Makes inputs of what the master says.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where trouble is told.</param>
    public MasterLink<TInput> Link<TInput>(FrameworkInfo framework, string role, IMasterNews<TInput> news, TimeProvider time, ILogger logger)
        where TInput : class =>
        new(news, known => new SchedulerClient(Options(known, time)), new SubscribedRoles(framework, role, time), logger);

    /// <summary>What the SDK is told. The core acknowledges, keeps the tasks and asks about them itself.</summary>
    public SchedulerOptions Options(FrameworkInfo framework, TimeProvider time) => new()
    {
        Masters = Masters,
        Framework = framework,
        AutoAcknowledge = false,
        TrackTasks = false,
        ReconcileInterval = null,
        HeartbeatsMissedMax = HeartbeatsMissedMax,
        Credential = Authentication is var (principal, secret) ? new Credential { Principal = principal, Secret = secret } : null,
        Time = time,
    };
}
