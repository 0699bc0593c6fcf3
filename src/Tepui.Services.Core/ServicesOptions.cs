namespace Tepui.Services.Core;

/// <summary>Which roles' resources an app may use that does not say.</summary>
public enum AcceptedRolesDefault
{
    /// <summary>Reserved for its role and unreserved.</summary>
    Any,

    /// <summary>Unreserved only.</summary>
    Unreserved,

    /// <summary>Reserved for its role only.</summary>
    Reserved,
}

/// <summary>Fixed for the life of a core. Defaults are those of the flags of the same names.</summary>
public sealed record ServicesOptions
{
    /// <summary>Role of apps that have none of their own.</summary>
    public string MesosRole { get; init; } = "*";

    /// <summary>Unix user of tasks that name none; unset: the framework's.</summary>
    public string? MesosUser { get; init; }

    /// <summary>Whether new first-level groups enforce their role.</summary>
    public bool NewGroupEnforceRole { get; init; }

    /// <summary>For apps that do not say.</summary>
    public AcceptedRolesDefault AcceptedRoles { get; init; }

    /// <summary>First service port that is assigned.</summary>
    public int LocalPortMin { get; init; } = 10000;

    /// <summary>Last service port that is assigned.</summary>
    public int LocalPortMax { get; init; } = 20000;

    /// <summary>Before the names HOST and PORT* of the environment.</summary>
    public string EnvVarsPrefix { get; init; } = "";

    /// <summary>Network of container mode without a name.</summary>
    public string? DefaultNetworkName { get; init; }

    /// <summary>Name of the bridge network.</summary>
    public string MesosBridgeName { get; init; } = "mesos-bridge";

    /// <summary>Features that are on: <c>vips</c>, <c>task_killing</c>, <c>external_volumes</c>, <c>secrets</c>, <c>gpu_resources</c>.</summary>
    public IReadOnlySet<string> Features { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Apps without GPUs stay off agents with GPUs.</summary>
    public bool RestrictGpuAgents { get; init; } = true;

    /// <summary>Offers of agents in or near maintenance are refused.</summary>
    public bool MaintenanceMode { get; init; } = true;

    /// <summary>How near.</summary>
    public TimeSpan Draining { get; init; }

    /// <summary>Most deployments at a time; rollbacks and aborts are always admitted.</summary>
    public int MaxRunningDeployments { get; init; } = 100;

    /// <summary>How long an offer of no use is not wanted again.</summary>
    public TimeSpan DeclineOfferDuration { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Least time between two revivals.</summary>
    public TimeSpan MinReviveOffersInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Most instances launched on one offer at a time.</summary>
    public int MaxInstancesPerOffer { get; init; } = 5;

    /// <summary>A launch nothing is heard of for so long is taken for lost.</summary>
    public TimeSpan TaskLaunchConfirmTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A task staging for so long is killed.</summary>
    public TimeSpan TaskLaunchTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A reservation without launch for so long is tried again.</summary>
    public TimeSpan TaskReservationTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Most kills under way.</summary>
    public int KillChunkSize { get; init; } = 100;

    /// <summary>A kill not confirmed is sent again after this time.</summary>
    public TimeSpan KillRetryTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between two questions to the master about all tasks; it is also asked after every subscription.</summary>
    public TimeSpan ReconciliationInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Versions kept per app and pod.</summary>
    public int MaxVersions { get; init; } = 50;

    /// <summary>Finished deployments kept for readers.</summary>
    public int FinishedDeployments { get; init; } = 200;

    /// <summary>How long an answer to a request with an idempotency key is kept.</summary>
    public TimeSpan IdempotencyRetention { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Share of an app's instances turning unhealthy together from which on replacement is limited.</summary>
    public double CorrelatedFailureShare { get; init; } = 0.25;

    /// <summary>Within this time they turn unhealthy together.</summary>
    public TimeSpan CorrelatedFailureWindow { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Share of an app's instances replaced at a time while limited; at least one.</summary>
    public double KillBudgetShare { get; init; } = 0.1;

    /// <summary>Region of the master, when it has one: other regions need a constraint.</summary>
    public string? HomeRegion { get; init; }

    /// <summary>Distinguishes ids made by this process from those of every other: 48 random bits.</summary>
    public long IdNode { get; init; }

    /// <summary>Of the random generator (port choice).</summary>
    public int Seed { get; init; }
}
