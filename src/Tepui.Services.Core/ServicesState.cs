using Tepui.Model.Identifiers;
using Tepui.Model.Time;
using Tepui.Services.Core.Autoscaling;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Events;
using Tepui.Services.Core.Health;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Killing;
using Tepui.Services.Core.Launching;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core;

/// <summary>The tables of the scheduler, one per feature, and nothing else.</summary>
internal sealed class ServicesState(ServicesOptions options)
{
    /// <summary>Fixed for the life of the core.</summary>
    public ServicesOptions Options { get; } = options;

    /// <summary>Makes ids.</summary>
    public Mint Mint { get; } = new(options.IdNode);

    /// <summary>Chooses ports; seeded, so a replay chooses alike.</summary>
    public Random Random { get; } = new(options.Seed);

    /// <summary>Timers.</summary>
    public AlarmQueue<Turn> Deadlines { get; } = new();

    /// <summary>Our id, once the master gave one.</summary>
    public FrameworkId Framework { get; set; }

    /// <summary>The leading master while subscribed; unset while not.</summary>
    public string? Master { get; set; }

    /// <summary>Since when.</summary>
    public DateTimeOffset SubscribedAt { get; set; }

    /// <summary>Groups, apps, pods and their versions.</summary>
    public Catalog Catalog { get; } = new();

    /// <summary>Instances.</summary>
    public InstanceTable Instances { get; } = new();

    /// <summary>Deployments.</summary>
    public DeploymentTable Deployments { get; } = new();

    /// <summary>Instances that wait for offers, and back-off.</summary>
    public LaunchQueue Queue { get; } = new();

    /// <summary>Agents heard of.</summary>
    public AgentBook Agents { get; } = new();

    /// <summary>Which offers are wanted.</summary>
    public OfferDemand Demand { get; } = new();

    /// <summary>Instances of pods that are over.</summary>
    public TerminationHistory Terminated { get; } = new();

    /// <summary>Kills under way.</summary>
    public KillTable Kills { get; } = new();

    /// <summary>Health and readiness.</summary>
    public HealthTable Health { get; } = new();

    /// <summary>Last failures and crash loops.</summary>
    public FailureTable Failures { get; } = new();

    /// <summary>Limits on the replacement of unhealthy instances.</summary>
    public KillBudget Budget { get; } = new();

    /// <summary>Autoscaling and scheduled scaling.</summary>
    public ScalingTable Scaling { get; } = new();

    /// <summary>Requests carried out under an idempotency key.</summary>
    public RequestTable Requests { get; } = new();

    /// <summary>Counts of events, for metrics.</summary>
    public EventCounts Counts { get; } = new();

    /// <summary>HTTP callback subscribers.</summary>
    public SortedSet<string> Callbacks { get; } = new(StringComparer.Ordinal);

    /// <summary>Specs to be compared with their instances before the step ends.</summary>
    public SortedSet<PathId> Touched { get; } = [];
}
