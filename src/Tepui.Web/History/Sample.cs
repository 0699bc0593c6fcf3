namespace Tepui.Web.History;

/// <summary>The cluster at one moment, as the graphs need it. Cores and bytes; task counts; counters since the start of the master.</summary>
public sealed record Sample
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What the agents have.</summary>
    public required Client.Amounts Total { get; init; }

    /// <summary>What is set aside for tasks.</summary>
    public required Client.Amounts Allocated { get; init; }

    /// <summary>What tasks really use.</summary>
    public required Client.Amounts Used { get; init; }

    /// <summary>Tasks being prepared.</summary>
    public required double Starting { get; init; }

    /// <summary>Tasks running, those being killed included.</summary>
    public required double Running { get; init; }

    /// <summary>Tasks on silent agents.</summary>
    public required double Unreachable { get; init; }

    /// <summary>Tasks ended with success so far.</summary>
    public required double Finished { get; init; }

    /// <summary>Tasks killed so far, by will of their frameworks.</summary>
    public required double Killed { get; init; }

    /// <summary>Tasks failed, refused, dropped or lost so far.</summary>
    public required double Failed { get; init; }

    /// <summary>Reads it from the master's metrics; what is absent counts as 0.</summary>
    public static Sample From(IReadOnlyDictionary<string, double> metrics, DateTimeOffset at)
    {
        const double mebibyte = 1024 * 1024;
        return new Sample
        {
            At = at,
            Total = new(Get("master/cpus_total"), Get("master/mem_total") * mebibyte, Get("master/disk_total") * mebibyte),
            Allocated = new(Get("master/cpus_used"), Get("master/mem_used") * mebibyte, Get("master/disk_used") * mebibyte),
            Used = new(Get("tepui/usage/cpus"), Get("tepui/usage/mem_bytes"), Get("tepui/usage/disk_bytes")),
            Starting = Get("master/tasks_staging") + Get("master/tasks_starting"),
            Running = Get("master/tasks_running") + Get("master/tasks_killing"),
            Unreachable = Get("master/tasks_unreachable"),
            Finished = Get("master/tasks_finished"),
            Killed = Get("master/tasks_killed"),
            Failed = Get("master/tasks_failed") + Get("master/tasks_error") + Get("master/tasks_dropped") + Get("master/tasks_lost") + Get("master/tasks_gone") + Get("master/tasks_gone_by_operator"),
        };

        double Get(string name) => metrics.GetValueOrDefault(name);
    }
}
