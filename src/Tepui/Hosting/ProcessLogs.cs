using Microsoft.Extensions.Logging;
using Tepui.Runtime.Logs;

namespace Tepui.Hosting;

/// <summary>Where a long-running command logs: lines on stderr.</summary>
internal sealed class ProcessLogs : IDisposable
{
    /// <summary>Opens the log.</summary>
    /// <param name="threshold">The least severe lines written unless an operator raises the level.</param>
    public ProcessLogs(LogLevel threshold) => Factory = LineLoggerProvider.ToStandardError(Level, threshold);

    /// <summary>The level operators can raise.</summary>
    public LoggingLevel Level { get; } = new();

    /// <summary>Makes loggers.</summary>
    public ILoggerFactory Factory { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Factory.Dispose();
        Level.Dispose();
    }
}
