using Microsoft.Extensions.Logging;

namespace Tepui.Services;

/// <summary>What the shell of services tells its operator.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Information, "Services listen on {Address}, epoch {Epoch}; {Apps} apps and pods, {Instances} instances in the store")]
    public static partial void Started(this ILogger logger, Uri address, ulong epoch, int apps, int instances);

    [LoggerMessage(3001, LogLevel.Information, "Services stopped")]
    public static partial void Stopped(this ILogger logger);

    [LoggerMessage(3002, LogLevel.Critical, "Services stop: {Reason}")]
    public static partial void Failed(this ILogger logger, Exception? exception, string reason);

    [LoggerMessage(3021, LogLevel.Debug, "Request {Request} was answered after its client had left")]
    public static partial void ReplyWithoutClient(this ILogger logger, long request);

    [LoggerMessage(3022, LogLevel.Warning, "Checks of {Instance} cannot be made: {Reason}")]
    public static partial void CheckFailed(this ILogger logger, Exception e, string instance, string reason);

    [LoggerMessage(3030, LogLevel.Warning, "Callback {Url} missed {Count} events: {Reason}")]
    public static partial void CallbackMissed(this ILogger logger, string url, long count, string reason);

    [LoggerMessage(3031, LogLevel.Information, "Event stream of {Client} ended: {Reason}")]
    public static partial void StreamEnded(this ILogger logger, string client, string reason);
}
