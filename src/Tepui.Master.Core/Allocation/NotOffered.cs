namespace Tepui.Master.Core.Allocation;

/// <summary>Why a client was passed over for the free resources of an agent.</summary>
public enum NotOffered
{
    /// <summary>It was not: it may be offered what is free.</summary>
    Offered,

    /// <summary>The agent is deactivated or disconnected.</summary>
    AgentInactive,

    /// <summary>The framework is disconnected, or the role is suppressed or not subscribed to.</summary>
    ClientInactive,

    /// <summary>Nothing is free on the agent that the role may use.</summary>
    NothingFree,

    /// <summary>The agent has gpus and the framework lacks GPU_RESOURCES.</summary>
    NoGpuCapability,

    /// <summary>The agent is in another region and the framework lacks REGION_AWARE.</summary>
    NoRegionCapability,

    /// <summary>The framework's offer constraints exclude the agent.</summary>
    Constrained,

    /// <summary>What is free is less than the least that is offered.</summary>
    BelowMinimum,

    /// <summary>The framework refused as much or more of this agent, and its filter still stands.</summary>
    Refused,
}
