using System.Collections.Immutable;
using Tepui.Master.Core.Offers;
using Tepui.Master.Core.Tables;
using Tepui.Master.Core.Tasks;
using Tepui.Master.Core.Views;
using Tepui.Model.Identifiers;
using Tepui.Model.Resources;
using Tepui.Model.Time;
using Tepui.Protocol.V1;
using Usage = Tepui.Protocol.Link.AgentFrame.Types.Usage;

namespace Tepui.Master.Core.Agents;

/// <summary>One registered agent, connected or not.</summary>
internal sealed class Agent
{
    private AgentView? _view;

    /// <summary>Takes an agent in; <paramref name="info"/> carries the id.</summary>
    public Agent(AgentInfo info, string ip, string version, IEnumerable<AgentInfo.Types.Capability> capabilities, DateTimeOffset registered)
    {
        Id = AgentId.From(info.Id);
        Registered = registered;
        Describe(info, ip, version, capabilities);
    }

    /// <summary>Its id.</summary>
    public AgentId Id { get; }

    /// <summary>As it last registered; replaced, never changed.</summary>
    public AgentInfo Info { get; private set; } = null!;

    /// <summary>Address it is reached at, an IP literal.</summary>
    public string Ip { get; private set; } = "";

    /// <summary>Tepui's version there.</summary>
    public string Version { get; private set; } = "";

    /// <summary>What it can do.</summary>
    public ImmutableArray<AgentInfo.Types.Capability> Capabilities { get; private set; } = [];

    /// <summary>Machine and port: who registers anew from here is the same place without its memory.</summary>
    public AgentPlace Place => new(Ip, Info.Hostname, Info.Port);

    /// <summary>Its open link, if any.</summary>
    public LinkId? Link { get; set; }

    /// <summary>Whether its link is open.</summary>
    public bool Connected => Link is not null;

    /// <summary>When it first registered with this master.</summary>
    public DateTimeOffset Registered { get; }

    /// <summary>When it last came back.</summary>
    public DateTimeOffset? Reregistered { get; set; }

    /// <summary>All it has.</summary>
    public ResourceSet Total { get; private set; } = ResourceSet.Empty;

    /// <summary>In tasks and executors.</summary>
    public ResourceSet Allocated { get; set; } = ResourceSet.Empty;

    /// <summary>In offers.</summary>
    public ResourceSet Offered { get; set; } = ResourceSet.Empty;

    /// <summary>What its tasks really use, as last reported.</summary>
    public Usage? Usage { get; set; }

    /// <summary>Offers of what it has.</summary>
    public OrderedTable<OfferId, OpenOffer> Offers { get; } = new();

    /// <summary>Tasks there that are not done with.</summary>
    public OrderedTable<(FrameworkId Framework, TaskId Task), LaunchedTask> Tasks { get; } = new();

    /// <summary>Executors of frameworks there.</summary>
    public OrderedTable<(FrameworkId Framework, ExecutorId Executor), RunningExecutor> Executors { get; } = new();

    /// <summary>Pings in a row without an answer.</summary>
    public int Unanswered { get; set; }

    /// <summary>The next ping.</summary>
    public Alarm<Turn>? Ping { get; set; }

    /// <summary>When it will have been disconnected for too long.</summary>
    public Alarm<Turn>? Return { get; set; }

    /// <summary>What readers see of it; built again after <see cref="Touch"/>.</summary>
    public AgentView View => _view ??= BuildView();

    /// <summary>It changed: the next view is built anew.</summary>
    public void Touch() => _view = null;

    /// <summary>Takes what it says about itself when it registers.</summary>
    public void Describe(AgentInfo info, string ip, string version, IEnumerable<AgentInfo.Types.Capability> capabilities)
    {
        Info = info;
        Ip = ip;
        Version = version;
        Capabilities = [.. capabilities];
        Total = ResourceSet.From(info.Resources);
        Touch();
    }

    private AgentView BuildView() => new()
    {
        Info = Info,
        Ip = Ip,
        Version = Version,
        Capabilities = Capabilities,
        Connected = Connected,
        Active = Connected,
        Registered = Registered,
        Reregistered = Reregistered,
        Total = Total,
        Allocated = Allocated,
        Offered = Offered,
        Usage = Usage,
        Executors = Executors.Select(static executor => executor.Info),
    };
}

/// <summary>Where an agent listens; two live agents never share it.</summary>
internal readonly record struct AgentPlace(string Ip, string Hostname, int Port);

/// <summary>An executor of a framework on an agent.</summary>
/// <param name="Agent">Where it runs.</param>
/// <param name="Info">As launched; framework_id is set.</param>
/// <param name="Resources">What it takes besides its tasks, with the allocation role.</param>
internal sealed record RunningExecutor(AgentId Agent, ExecutorInfo Info, ResourceSet Resources);
