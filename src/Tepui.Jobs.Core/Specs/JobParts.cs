namespace Tepui.Jobs.Core.Specs;

/// <summary>An environment variable of tasks.</summary>
public sealed record EnvironmentVariable(string Name, string Value);

/// <summary>Something fetched into the sandbox before the command runs.</summary>
/// <param name="Uri">Where it is.</param>
/// <param name="Executable">Mark it executable.</param>
/// <param name="Cache">Keep it on the agent for others.</param>
/// <param name="Extract">Unpack it, if it is an archive.</param>
/// <param name="OutputFile">Its name in the sandbox; empty: the last part of the address.</param>
public sealed record Fetch(string Uri, bool Executable = false, bool Cache = false, bool Extract = true, string OutputFile = "");

/// <summary>Where tasks may run. Operators other than EQUALS, LIKE and UNLIKE are kept and have no effect.</summary>
/// <param name="Attribute">Of agents; <c>hostname</c> too.</param>
/// <param name="Operator">As written.</param>
/// <param name="Value">A value, or a regular expression over whole values.</param>
public sealed record Constraint(string Attribute, string Operator, string Value);

/// <summary>Who is told about a job beside its owners.</summary>
/// <param name="Webhook">Address that gets a POST; <see langword="null"/>: none of its own.</param>
/// <param name="On">Names of what to tell (<c>failure</c>, <c>recovery</c>, <c>late</c>); empty: all.</param>
public sealed record NotifyPolicy(string? Webhook, IReadOnlyList<string> On);

/// <summary>The container of tasks.</summary>
public sealed record ContainerSpec
{
    /// <summary>DOCKER or MESOS.</summary>
    public required string Type { get; init; }

    /// <summary>Name of the image.</summary>
    public required string Image { get; init; }

    /// <summary>HOST, BRIDGE or USER.</summary>
    public string Network { get; init; } = "HOST";

    /// <summary>Older form of <see cref="NetworkInfos"/>.</summary>
    public string? NetworkName { get; init; }

    /// <summary>Networks joined.</summary>
    public IReadOnlyList<NetworkInfo> NetworkInfos { get; init; } = [];

    /// <summary>Mounts.</summary>
    public IReadOnlyList<ContainerVolume> Volumes { get; init; } = [];

    /// <summary>Options of <c>docker run</c>.</summary>
    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>Ask the registry even when the agent has the image.</summary>
    public bool ForcePullImage { get; init; }
}

/// <summary>A key with a value.</summary>
public sealed record Parameter(string Key, string Value);

/// <summary>A mount of a container.</summary>
/// <param name="HostPath">On the agent, if it comes from there.</param>
/// <param name="ContainerPath">In the container.</param>
/// <param name="Mode">RO or RW, if given.</param>
/// <param name="External">A volume of a provider, if it is one.</param>
public sealed record ContainerVolume(string? HostPath, string ContainerPath, string? Mode, ExternalVolume? External);

/// <summary>A volume of a provider.</summary>
public sealed record ExternalVolume(string Name, string Provider, IReadOnlyList<Parameter> Options);

/// <summary>A network joined.</summary>
public sealed record NetworkInfo(string Name, string? Protocol, IReadOnlyList<Parameter> Labels, IReadOnlyList<PortMapping> PortMappings);

/// <summary>A port of the agent led to one of the container.</summary>
public sealed record PortMapping(int HostPort, int ContainerPort, string? Protocol);
