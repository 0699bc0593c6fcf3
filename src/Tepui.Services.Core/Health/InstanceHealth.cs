using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Health;

/// <summary>The health checks of one instance.</summary>
internal sealed class InstanceHealth
{
    private readonly SortedDictionary<int, CheckHistory> _checks = [];
    private IReadOnlyList<HealthResult>? _results;

    /// <summary>Begins for an instance that runs.</summary>
    public InstanceHealth(Instance instance, IReadOnlyList<PlannedCheck> plan)
    {
        Instance = instance.Id;
        Spec = instance.Spec;
        Version = instance.SpecVersion;
        foreach (var check in plan)
        {
            _checks[check.Index] = CheckHistory.Restored(instance.Healthy, instance.ActiveSince);
        }
    }

    /// <summary>Whose.</summary>
    public InstanceId Instance { get; }

    /// <summary>Of which app or pod.</summary>
    public PathId Spec { get; }

    /// <summary>The version it runs.</summary>
    public DateTimeOffset Version { get; }

    /// <summary>Where the scheduler's checks are made now; unset while none are.</summary>
    public ServicesEffect.StartHealthChecks? Probing { get; set; }

    /// <summary>All checks alive: healthy; one that is not: unhealthy; otherwise not known.</summary>
    public bool? Healthy => _checks.Values.Any(check => check.Alive == false) ? false : _checks.Count > 0 && _checks.Values.All(check => check.Alive == true) ? true : null;

    /// <summary>How long its checks passed, from the first success to the last.</summary>
    public TimeSpan WasHealthyFor => _checks.Values.Select(check => check.FirstSuccess is { } first ? (check.LastSuccess ?? first) - first : TimeSpan.Zero).DefaultIfEmpty().Min();

    /// <summary>Results for readers, in the order of the checks; checks without any are left out. The same list until there is another result.</summary>
    public IReadOnlyList<HealthResult> Results => _results ??= [.. _checks.Values.Where(check => check.LastSuccess is not null || check.LastFailure is not null).Select(Result)];

    /// <summary>One of them.</summary>
    public CheckHistory? Check(int index) => _checks.GetValueOrDefault(index);

    /// <summary>One of them passed.</summary>
    public void Passed(CheckHistory check, DateTimeOffset now)
    {
        check.Passed(now);
        _results = null;
    }

    /// <summary>One of them failed; see <see cref="CheckHistory.Failed"/>.</summary>
    public void Failed(CheckHistory check, DateTimeOffset now, string? cause, bool counts)
    {
        check.Failed(now, cause, counts);
        _results = null;
    }

    /// <summary>Waits for nothing any more.</summary>
    public void Rest()
    {
        foreach (var check in _checks.Values)
        {
            check.Rest();
        }
    }

    private HealthResult Result(CheckHistory check) => new()
    {
        Instance = Instance,
        Alive = check.Alive == true,
        ConsecutiveFailures = check.Failures,
        FirstSuccess = check.FirstSuccess,
        LastSuccess = check.LastSuccess,
        LastFailure = check.LastFailure,
        LastFailureCause = check.Cause,
    };
}
