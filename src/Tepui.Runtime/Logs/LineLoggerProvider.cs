using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tepui.Runtime.Flags;

namespace Tepui.Runtime.Logs;

/// <summary>Writes one line per event: time in UTC, level, category, message, and what was thrown.</summary>
/// <param name="output">Where to, as stderr.</param>
/// <param name="level">How much is written, while the process runs.</param>
/// <param name="threshold">The least severe lines written at level 0; a raised level shows more.</param>
/// <param name="time">The clock.</param>
public sealed class LineLoggerProvider(TextWriter output, LoggingLevel level, LogLevel threshold = LogLevel.Information, TimeProvider? time = null) : ILoggerProvider
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>A factory that logs lines to stderr.</summary>
    public static ILoggerFactory ToStandardError(LoggingLevel level, LogLevel threshold = LogLevel.Information) =>
        LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(new LineLoggerProvider(Console.Error, level, threshold)));

    /// <summary>The threshold that the flags <c>--quiet</c> and <c>--logging_level</c> mean.</summary>
    public static LogLevel ThresholdOf(FlagValues flags) => flags.Boolean("quiet")
        ? LogLevel.None
        : flags.Text("logging_level") switch
        {
            "trace" or "all" => LogLevel.Trace,
            "debug" => LogLevel.Debug,
            "WARNING" or "warn" => LogLevel.Warning,
            "ERROR" or "error" => LogLevel.Error,
            "fatal" => LogLevel.Critical,
            "off" => LogLevel.None,
            _ => LogLevel.Information,
        };

    // It logs, with a stack, that a start failed: the command says so in a line that helps.
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => categoryName == HostCategory ? NullLogger.Instance : new LineLogger(this, categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
        Tell(output.Flush);
    }

    private LogLevel Least => level.Level == 0 ? threshold : level.Minimum;

    private void Write(string category, LogLevel severity, string message, Exception? exception)
    {
        var line = new StringBuilder(message.Length + 64)
            .Append(_time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
            .Append(' ').Append(Short(severity)).Append(' ').Append(category).Append(": ").Append(OneLine(message));
        if (exception is not null)
        {
            line.Append(" | ").Append(OneLine(exception.ToString()));
        }

        Tell(() =>
        {
            output.WriteLine(line);
            output.Flush();
        });
    }

    // A log that cannot be written, as on a full disk, loses lines; it must not decide how the process ends.
    private void Tell(Action write)
    {
        lock (_gate)
        {
            try
            {
                write();
            }
            catch (IOException)
            {
                // There is nowhere else to say it.
            }
        }
    }

    // Texts of clients and tasks get here: they must not move a terminal's cursor, nor make the log binary.
    private static string OneLine(string text)
    {
        var line = text.ReplaceLineEndings(" | ");
        return line.Any(IsUnprintable) ? string.Concat(line.Select(c => IsUnprintable(c) ? $"\\u{(int)c:x4}" : c.ToString())) : line;
    }

    private static bool IsUnprintable(char c) => char.IsControl(c) && c != '\t';

    private static string Short(LogLevel severity) => severity switch
    {
        LogLevel.Trace => "TRACE",
        LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARN",
        LogLevel.Error => "ERROR",
        _ => "FATAL",
    };

    private sealed class LineLogger(LineLoggerProvider owner, string category) : ILogger
    {
        // The web server's own chatter is worth reading only when something is wrong with it.
        private readonly LogLevel _least = category.StartsWith("Microsoft.", StringComparison.Ordinal) ? LogLevel.Warning : LogLevel.Trace;
        private readonly LineLoggerProvider _owner = owner;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= _least && logLevel >= _owner.Least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                _owner.Write(category, logLevel, formatter(state, exception), exception);
            }
        }
    }

}
