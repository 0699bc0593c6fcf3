namespace Tepui.Runtime.Hosting;

/// <summary>A process cannot start. The message is for its user: what, why, what to do; no stack trace is shown.</summary>
/// <param name="message">What to print.</param>
/// <param name="exitCode">One of <see cref="Hosting.ExitCode"/>.</param>
/// <param name="inner">The cause, for debug logs.</param>
public sealed class StartupException(string message, int exitCode, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the process exits with.</summary>
    public int ExitCode { get; } = exitCode;
}
