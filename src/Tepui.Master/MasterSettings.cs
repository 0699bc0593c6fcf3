using System.Net;
using Tepui.Model.Resources;
using Tepui.Model.Units;
using Tepui.Runtime.Flags;
using Tepui.Runtime.Hosting;

namespace Tepui.Master;

/// <summary>How a master runs. Names, defaults and meanings are those of the flags.</summary>
public sealed record MasterSettings
{
    /// <summary>Address to listen on.</summary>
    public IPAddress Ip { get; init; } = IPAddress.Loopback;

    /// <summary>Port to listen on; 0 lets the system choose.</summary>
    public int Port { get; init; } = 5050;

    /// <summary>Address told to others; <see langword="null"/> for <see cref="Ip"/>.</summary>
    public IPAddress? AdvertiseIp { get; init; }

    /// <summary>Port told to others; <see langword="null"/> for the one listened on.</summary>
    public int? AdvertisePort { get; init; }

    /// <summary>Host name told to others; <see langword="null"/> for the advertised address.</summary>
    public string? Hostname { get; init; }

    /// <summary>Whether the host name of the advertised address is looked up when <see cref="Hostname"/> is not given.</summary>
    public bool HostnameLookup { get; init; } = true;

    /// <summary>Directory of the registry.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>Whether each write to the registry waits for the disk. Without, a crash of the machine (not of the process) may lose the last writes.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Display name of the cluster.</summary>
    public string? Cluster { get; init; }

    /// <summary>Roles that may be used; empty means all.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Weights that seed an empty registry, by role.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>An offer not answered for so long is rescinded; <see langword="null"/> means never.</summary>
    public TimeSpan? OfferTimeout { get; init; }

    /// <summary>Time between pings to an agent.</summary>
    public TimeSpan AgentPingTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Pings in a row an agent may leave unanswered.</summary>
    public int MaxAgentPingTimeouts { get; init; } = 5;

    /// <summary>A disconnected agent, or one expected back after a failover, is unreachable after so long.</summary>
    public TimeSpan AgentReregisterTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest time between a change and the offers that follow from it.</summary>
    public TimeSpan AllocationInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether frameworks may run as user <c>root</c>.</summary>
    public bool RootSubmissions { get; init; } = true;

    /// <summary>Agents with gpus are offered only to frameworks that know gpus.</summary>
    public bool FilterGpuResources { get; init; } = true;

    /// <summary>An offer holds at least one of these sets, as in <c>cpus:0.01|mem:32</c>.</summary>
    public string MinAllocatableResources { get; init; } = "cpus:0.01|mem:32";

    /// <summary>Resource names that do not count towards fair shares.</summary>
    public IReadOnlyList<string> FairSharingExcludedResourceNames { get; init; } = [];

    /// <summary>Completed frameworks kept for display.</summary>
    public int MaxCompletedFrameworks { get; init; } = 50;

    /// <summary>Completed tasks kept for display, per framework.</summary>
    public int MaxCompletedTasksPerFramework { get; init; } = 1000;

    /// <summary>Unreachable tasks kept, per framework.</summary>
    public int MaxUnreachableTasksPerFramework { get; init; } = 1000;

    /// <summary>Event streams to operators at one time; the oldest ends when there are more.</summary>
    public int MaxOperatorEventStreamSubscribers { get; init; } = 1000;

    /// <summary>Time between heartbeats on event streams.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The log file shown as <c>/master/log</c>, if there is one.</summary>
    public string? ExternalLogFile { get; init; }

    /// <summary>All flags in force, when the settings came from flags; what <c>/flags</c> shows.</summary>
    public IReadOnlyDictionary<string, string>? Flags { get; init; }

    /// <summary>Where the registry lies.</summary>
    public string RegistryDirectory => Path.Join(WorkDirectory, "registry");

    /// <summary>Reads the settings from flags.</summary>
    /// <exception cref="StartupException">A flag is missing, or flags contradict one another.</exception>
    public static MasterSettings From(FlagValues flags) => new()
    {
        Ip = flags.Address("ip") ?? IPAddress.Any,
        Port = flags.Integer("port"),
        AdvertiseIp = flags.Address("advertise_ip"),
        AdvertisePort = flags.IntegerOrNull("advertise_port"),
        Hostname = flags.Text("hostname"),
        HostnameLookup = flags.Boolean("hostname_lookup"),
        WorkDirectory = flags.Text("work_dir") ?? throw new StartupException("--work_dir is missing: the master keeps its registry there. Give a directory, as in --work_dir=/var/lib/tepui.", ExitCode.Usage),
        Cluster = flags.Text("cluster"),
        Roles = flags.List("roles"),
        Weights = ReadWeights(flags.List("weights")),
        OfferTimeout = flags.DurationOrNull("offer_timeout"),
        AgentPingTimeout = flags.Duration("agent_ping_timeout"),
        MaxAgentPingTimeouts = flags.Integer("max_agent_ping_timeouts"),
        AgentReregisterTimeout = flags.Duration("agent_reregister_timeout"),
        AllocationInterval = flags.Duration("allocation_interval"),
        RootSubmissions = flags.Boolean("root_submissions"),
        FilterGpuResources = flags.Boolean("filter_gpu_resources"),
        MinAllocatableResources = flags.Text("min_allocatable_resources") ?? "",
        FairSharingExcludedResourceNames = flags.List("fair_sharing_excluded_resource_names"),
        MaxCompletedFrameworks = flags.Integer("max_completed_frameworks"),
        MaxCompletedTasksPerFramework = flags.Integer("max_completed_tasks_per_framework"),
        MaxUnreachableTasksPerFramework = flags.Integer("max_unreachable_tasks_per_framework"),
        MaxOperatorEventStreamSubscribers = flags.Integer("max_operator_event_stream_subscribers"),
        ExternalLogFile = flags.Text("external_log_file"),
        Flags = flags.Printed,
    };

    /// <summary>The flags in force, for display.</summary>
    /// <param name="port">The port listened on.</param>
    public IReadOnlyDictionary<string, string> ToFlags(int port)
    {
        // Without a command line these are the flags that would have given these settings.
        var flags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Flags ?? FlagParser.Parse(FlagTable.Master, Arguments(), _ => null).Printed)
        {
            flags[name] = value;
        }

        flags["port"] = port.ToString();
        return flags;
    }

    private List<string> Arguments()
    {
        var arguments = new List<string>();
        Add("advertise_ip", AdvertiseIp?.ToString());
        Add("advertise_port", AdvertisePort?.ToString());
        Add("agent_ping_timeout", DurationText.Print(AgentPingTimeout));
        Add("agent_reregister_timeout", DurationText.Print(AgentReregisterTimeout));
        Add("allocation_interval", DurationText.Print(AllocationInterval));
        Add("cluster", Cluster);
        Add("external_log_file", ExternalLogFile);
        Add("fair_sharing_excluded_resource_names", string.Join(',', FairSharingExcludedResourceNames));
        Add("filter_gpu_resources", FilterGpuResources ? "true" : "false");
        Add("hostname", Hostname);
        Add("hostname_lookup", HostnameLookup ? "true" : "false");
        Add("ip", Ip.ToString());
        Add("max_agent_ping_timeouts", MaxAgentPingTimeouts.ToString());
        Add("max_completed_frameworks", MaxCompletedFrameworks.ToString());
        Add("max_completed_tasks_per_framework", MaxCompletedTasksPerFramework.ToString());
        Add("max_operator_event_stream_subscribers", MaxOperatorEventStreamSubscribers.ToString());
        Add("max_unreachable_tasks_per_framework", MaxUnreachableTasksPerFramework.ToString());
        Add("min_allocatable_resources", MinAllocatableResources);
        Add("offer_timeout", OfferTimeout is { } timeout ? DurationText.Print(timeout) : null);
        Add("roles", string.Join(',', Roles));
        Add("root_submissions", RootSubmissions ? "true" : "false");
        Add("weights", string.Join(',', Weights.Select(weight => $"{weight.Key}={weight.Value}")));
        Add("work_dir", WorkDirectory);
        return arguments;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                arguments.Add($"--{name}={value}");
            }
        }
    }

    private static Dictionary<string, double> ReadWeights(IReadOnlyList<string> texts)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var equals = text.LastIndexOf('=');
            if (equals <= 0 || !double.TryParse(text[(equals + 1)..], out var weight) || !double.IsFinite(weight) || weight <= 0 || RoleRules.Problem(text[..equals]) is not null)
            {
                throw new StartupException($"--weights has '{text}': expecting ROLE=WEIGHT with a weight above 0, as in 'web=2,batch=0.5'.", ExitCode.Usage);
            }

            weights[text[..equals]] = weight;
        }

        return weights;
    }
}
