namespace Tepui.Sdk.Scheduler;

/// <summary>The master will not have this framework, so that trying again is no use: it was removed, replaced by another instance of itself, or its settings are refused.</summary>
/// <param name="message">The master's own words.</param>
public sealed class FrameworkErrorException(string message) : Exception(message)
{
    /// <summary>The framework was torn down or timed out; its id never works again. A new instance starts without an id.</summary>
    public bool IsRemoved => Message.Contains("Framework has been removed", StringComparison.Ordinal);

    /// <summary>Another instance subscribed with the same id and took over.</summary>
    public bool IsReplaced => Message.Contains("Framework failed over", StringComparison.Ordinal);
}
