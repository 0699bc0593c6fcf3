using Microsoft.Extensions.Logging;
using Tepui.Runtime.Logs;

namespace Tepui.Runtime.Tests.Logs;

public sealed class LineLoggerProviderTests
{
    [Fact]
    public void Log_EventWithLineBreaksAndException_IsOneLine()
    {
        using var output = new StringWriter();
        using var level = new LoggingLevel();
        using var provider = new LineLoggerProvider(output, level);

        Write(provider, LogLevel.Warning, "first\nsecond", new InvalidOperationException("why"));

        var line = Assert.Single(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(" WARN Tepui.Test: first | second | System.InvalidOperationException: why", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_TextWithControlCharacters_ShowsTheirCodes()
    {
        using var output = new StringWriter();
        using var level = new LoggingLevel();
        using var provider = new LineLoggerProvider(output, level);

        Write(provider, LogLevel.Warning, "no \0 network \u001b[2J", null);

        Assert.Contains("no \\u0000 network \\u001b[2J", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_LevelRaised_ShowsMoreAtOnce()
    {
        using var output = new StringWriter();
        using var level = new LoggingLevel();
        using var provider = new LineLoggerProvider(output, level, LogLevel.Error);

        Write(provider, LogLevel.Information, "hidden", null);
        level.Set(1, TimeSpan.FromMinutes(1));
        Write(provider, LogLevel.Debug, "shown", null);

        Assert.DoesNotContain("hidden", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("shown", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_OutputOnAFullDisk_GoesOnWithoutTheLine()
    {
        using var output = new FullDisk();
        using var level = new LoggingLevel();
        using var provider = new LineLoggerProvider(output, level);

        Assert.Null(Record.Exception(() => Write(provider, LogLevel.Critical, "the reason", null)));
        Assert.Equal(1, output.Refused);
    }

    private sealed class FullDisk : StringWriter
    {
        public int Refused { get; private set; }

        public override void Flush()
        {
            Refused++;
            throw new IOException("No space left on device");
        }
    }

    private static void Write(LineLoggerProvider provider, LogLevel level, string message, Exception? exception) =>
        provider.CreateLogger("Tepui.Test").Log(level, default, message, exception, static (state, _) => state);
}
