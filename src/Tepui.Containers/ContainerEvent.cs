using Tepui.Model.Identifiers;

namespace Tepui.Containers;

/// <summary>What became of a container. A launch is answered by exactly one <see cref="Started"/> or <see cref="StartFailed"/>; a <see cref="Started"/> is followed by one <see cref="Exited"/>.</summary>
public abstract record ContainerEvent(ContainerId Container)
{
    /// <summary>Its process runs: sandbox made, URIs fetched.</summary>
    public sealed record Started(ContainerId Container, int Pid) : ContainerEvent(Container)
    {
        /// <summary>When the supervisor started it, if that is known.</summary>
        public DateTimeOffset? StartedAt { get; init; }
    }

    /// <summary>It could not be started; nothing of it runs.</summary>
    /// <param name="Container">Which.</param>
    /// <param name="Message">Why, naming the URI, path, user or limit at fault.</param>
    public sealed record StartFailed(ContainerId Container, string Message) : ContainerEvent(Container);

    /// <summary>Its process and all that it left behind are gone.</summary>
    /// <param name="Container">Which.</param>
    /// <param name="WaitStatus">Raw wait status; <see langword="null"/> when it cannot be known any more.</param>
    public sealed record Exited(ContainerId Container, int? WaitStatus) : ContainerEvent(Container)
    {
        /// <summary>When its first process ended, if the supervisor saw it.</summary>
        public DateTimeOffset? EndedAt { get; init; }
    }
}
