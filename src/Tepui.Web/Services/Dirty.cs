namespace Tepui.Web.Services;

/// <summary>What has to be read again, gathered from events until someone takes it.</summary>
internal sealed class Dirty : IDisposable
{
    /// <summary>With more apps than this it is cheaper to read all.</summary>
    private const int AppsMax = 16;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private HashSet<string> _apps = new(StringComparer.Ordinal);
    private bool _everything;
    private bool _deployments;

    /// <summary>Takes note of an event.</summary>
    public void Note(ServicesEvent change)
    {
        var (everything, deployments, app) = Meaning(change);
        if (!everything && !deployments && app is null)
        {
            return;
        }

        lock (_gate)
        {
            _everything |= everything;
            _deployments |= deployments;
            if (app is not null)
            {
                _apps.Add(app);
            }

            if (_signal.CurrentCount == 0)
            {
                _signal.Release();
            }
        }
    }

    /// <summary>Everything has to be read again.</summary>
    public void NoteAll() => Note(new ServicesEvent("group_change_success", null));

    /// <summary>Waits until there is something, or for <paramref name="limit"/>; then everything is due.</summary>
    public async Task<Due> TakeAsync(TimeSpan limit, CancellationToken cancel)
    {
        if (!await _signal.WaitAsync(limit, cancel))
        {
            return new Due(true, true, []);
        }

        lock (_gate)
        {
            var everything = _everything || _apps.Count > AppsMax;
            var due = new Due(everything, everything || _deployments, everything ? [] : _apps);
            _apps = new HashSet<string>(StringComparer.Ordinal);
            _everything = _deployments = false;
            return due;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();

    private static (bool Everything, bool Deployments, string? App) Meaning(ServicesEvent change) => change.Type switch
    {
        "instance_changed_event" or "instance_health_changed_event" or "status_update_event" or "health_status_changed_event"
            or "unhealthy_instance_kill_event" or "crash_loop_event" or "autoscaling_event" or "kill_budget_event"
            => change.App is null ? (true, true, null) : (false, true, change.App),
        "api_post_event" or "app_terminated_event" or "group_change_success" or "pod_created_event" or "pod_updated_event" or "pod_deleted_event" => (true, true, null),
        "deployment_step_success" or "deployment_step_failure" => (false, true, null),
        _ when change.Type.StartsWith("deployment_", StringComparison.Ordinal) => (true, true, null),
        _ => (false, false, null),
    };

    /// <summary>What is due.</summary>
    /// <param name="Everything">All apps, pods and groups.</param>
    /// <param name="Deployments">The deployments.</param>
    /// <param name="Apps">Only these apps.</param>
    public sealed record Due(bool Everything, bool Deployments, IReadOnlyCollection<string> Apps);
}
