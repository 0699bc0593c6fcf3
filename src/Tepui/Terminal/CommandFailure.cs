namespace Tepui.Terminal;

/// <summary>A command cannot go on; the message goes to stderr and the process ends with the code.</summary>
internal sealed class CommandFailure(int exitCode, string message) : Exception(message)
{
    /// <summary>One of <see cref="ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
