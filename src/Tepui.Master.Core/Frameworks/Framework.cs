using Tepui.Master.Core.Agents;
using Tepui.Master.Core.Counters;
using Tepui.Master.Core.Offers;
using Tepui.Master.Core.Tables;
using Tepui.Master.Core.Tasks;
using Tepui.Master.Core.Views;
using Tepui.Model.Identifiers;
using Tepui.Model.Time;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Core.Frameworks;

/// <summary>One framework that is not completed.</summary>
internal sealed class Framework
{
    private FrameworkInfo _info;
    private FrameworkView? _view;

    /// <summary>Takes a framework in; <paramref name="info"/> carries the id.</summary>
    public Framework(FrameworkInfo info, DateTimeOffset registered)
    {
        Id = FrameworkId.From(info.Id);
        _info = info;
        Can = FrameworkCapabilities.Of(info);
        Roles = FrameworkCapabilities.Roles(info);
        Registered = registered;
        Reregistered = registered;
        Metrics = new(info.Name, Id);
    }

    /// <summary>Its id.</summary>
    public FrameworkId Id { get; }

    /// <summary>As it last subscribed, or as an agent or the registry knew it; replaced, never changed.</summary>
    public FrameworkInfo Info
    {
        get => _info;
        set
        {
            _info = value;
            Can = FrameworkCapabilities.Of(value);
            Roles = FrameworkCapabilities.Roles(value);
        }
    }

    /// <summary>What it knows.</summary>
    public FrameworkCapabilities Can { get; private set; }

    /// <summary>Roles it subscribes to, sorted.</summary>
    public string[] Roles { get; private set; }

    /// <summary>Its open stream, if any.</summary>
    public StreamId? Stream { get; set; }

    /// <summary>Whether its stream is open.</summary>
    public bool Connected => Stream is not null;

    /// <summary>Known only through agents or the registry so far.</summary>
    public bool Recovered { get; set; }

    /// <summary>When it first subscribed.</summary>
    public DateTimeOffset Registered { get; }

    /// <summary>When it last subscribed.</summary>
    public DateTimeOffset Reregistered { get; set; }

    /// <summary>Roles it does not want offers for now.</summary>
    public SortedSet<string> Suppressed { get; } = new(StringComparer.Ordinal);

    /// <summary>Which agents it takes offers from, by role; <see langword="null"/> for all.</summary>
    public OfferConstraints? Constraints { get; set; }

    /// <summary>Offers it has not answered.</summary>
    public OrderedTable<OfferId, OpenOffer> Offers { get; } = new();

    /// <summary>Tasks not done with, in order of launch.</summary>
    public OrderedTable<TaskId, LaunchedTask> Tasks { get; } = new();

    /// <summary>Tasks on unreachable agents, oldest first.</summary>
    public OrderedTable<TaskId, LaunchedTask> UnreachableTasks { get; } = new();

    /// <summary>Ended tasks, oldest first.</summary>
    public Queue<TaskView> CompletedTasks { get; } = new();

    /// <summary>Its executors, by agent.</summary>
    public OrderedTable<(AgentId Agent, ExecutorId Executor), RunningExecutor> Executors { get; } = new();

    /// <summary>Agents that know it: it may have tasks, executors or unacknowledged updates there.</summary>
    public HashSet<AgentId> Agents { get; } = [];

    /// <summary>In its tasks and executors, over all agents.</summary>
    public ResourceTally Allocated { get; } = new();

    /// <summary>In its offers, over all agents.</summary>
    public ResourceTally Offered { get; } = new();

    /// <summary>What it did so far.</summary>
    public FrameworkMetrics Metrics { get; }

    /// <summary>The next heartbeat.</summary>
    public Alarm<Turn>? Heartbeat { get; set; }

    /// <summary>When it will have stayed away too long.</summary>
    public Alarm<Turn>? Failover { get; set; }

    /// <summary>What readers see of it; built again after <see cref="Touch"/>.</summary>
    public FrameworkView View => _view ??= BuildView(null);

    /// <summary>It changed: the next view is built anew.</summary>
    public void Touch() => _view = null;

    /// <summary>What remains to be seen of it once it is removed.</summary>
    public FrameworkView FinalView(DateTimeOffset removed) => BuildView(removed);

    private FrameworkView BuildView(DateTimeOffset? removed) => new()
    {
        Id = Id,
        Info = Info,
        Active = Connected && removed is null,
        Connected = Connected && removed is null,
        Recovered = Recovered,
        Registered = Registered,
        Reregistered = Reregistered,
        Unregistered = removed,
        SuppressedRoles = [.. Suppressed],
        OfferConstraints = Constraints,
        Allocated = Allocated.Sum,
        Offered = Offered.Sum,
        Offers = Offers.Select(static offer => offer.Wire),
        Tasks = Tasks.Select(static task => task.View),
        UnreachableTasks = UnreachableTasks.Select(static task => task.View),
        CompletedTasks = [.. CompletedTasks],
        Executors = Executors.Select(static executor => (executor.Agent, executor.Info)),
    };
}
