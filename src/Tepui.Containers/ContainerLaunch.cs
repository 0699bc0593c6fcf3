using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Containers;

/// <summary>All that is needed to start one container.</summary>
public sealed record ContainerLaunch
{
    /// <summary>Its id; never used twice on an agent.</summary>
    public required ContainerId Id { get; init; }

    /// <summary>What to run: shell or argv, and the URIs to fetch first. Its environment and user are merged below; here only secrets in it are refused.</summary>
    public required CommandInfo Command { get; init; }

    /// <summary>The whole environment, by name. Nothing else is inherited, except that a missing PATH gets the system's default.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>User to run as and to own the sandbox; <see langword="null"/> for the agent's own.</summary>
    public string? User { get; init; }

    /// <summary>Container settings, if any. Resource limits are obeyed; images, volumes, named networks, terminals, seccomp, IPC settings and Docker fail the start.</summary>
    public ContainerInfo? Container { get; init; }

    /// <summary>Settings of the container around this one that it must share, as the network of a group of tasks; refused like its own.</summary>
    public ContainerInfo? Around { get; init; }

    /// <summary>Absolute path of the sandbox: made if missing, working directory, and the place of <c>stdout</c> and <c>stderr</c>.</summary>
    public required string SandboxDirectory { get; init; }
}
