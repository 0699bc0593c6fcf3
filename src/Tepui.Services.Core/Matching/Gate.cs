namespace Tepui.Services.Core.Matching;

/// <summary>Reasons to turn an offer away, in the order they are judged. The names are part of answers.</summary>
public enum Gate
{
    /// <summary>The offer is for another role, or holds nothing of the accepted ones.</summary>
    UnfulfilledRole,

    /// <summary>A placement constraint is not met.</summary>
    UnfulfilledConstraint,

    /// <summary>The instance has reserved resources, and they are not here.</summary>
    NoCorrespondingReservationFound,

    /// <summary>The agent is in maintenance or about to be.</summary>
    AgentMaintenance,

    /// <summary>Too few cores.</summary>
    InsufficientCpus,

    /// <summary>Too little memory.</summary>
    InsufficientMemory,

    /// <summary>Too little disk, or no disk of the kind wanted.</summary>
    InsufficientDisk,

    /// <summary>Too few GPUs.</summary>
    InsufficientGpus,

    /// <summary>Too few ports, or not those wanted.</summary>
    InsufficientPorts,

    /// <summary>The agent has GPUs, which are kept for those who need them.</summary>
    DeclinedScarceResources,
}
