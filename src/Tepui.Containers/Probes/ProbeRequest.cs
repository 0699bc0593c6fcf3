using Tepui.Protocol.V1;

namespace Tepui.Containers.Probes;

/// <summary>One run of one check: exactly one of <see cref="Command"/>, <see cref="Http"/> and <see cref="TcpPort"/> is set.</summary>
public sealed record ProbeRequest
{
    /// <summary>Container the check is about; a COMMAND check runs in its sandbox, as its user, with its environment.</summary>
    public required ContainerLaunch Container { get; init; }

    /// <summary>COMMAND check: what to run; its environment goes over the container's.</summary>
    public CommandInfo? Command { get; init; }

    /// <summary>HTTP check: where to look.</summary>
    public Uri? Http { get; init; }

    /// <summary>TCP check: port on the loopback address to connect to.</summary>
    public int? TcpPort { get; init; }

    /// <summary>IPv6 loopback instead of IPv4.</summary>
    public bool Ipv6 { get; init; }

    /// <summary>Longest it may take; <see langword="null"/> for no limit.</summary>
    public TimeSpan? Timeout { get; init; }
}
