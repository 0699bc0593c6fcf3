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

    [LoggerMessage(3010, LogLevel.Information, "Subscribed at master {Master} as framework {Framework}")]
    public static partial void Subscribed(this ILogger logger, string master, string framework);

    [LoggerMessage(3011, LogLevel.Warning, "Subscription lost: {Reason}")]
    public static partial void Disconnected(this ILogger logger, string reason);

    [LoggerMessage(3012, LogLevel.Warning, "Call {Call} was not taken: {Status} {Reason}")]
    public static partial void CallFailed(this ILogger logger, string call, int status, string reason);

    [LoggerMessage(3013, LogLevel.Warning, "Roles could not be changed: {Reason}")]
    public static partial void RolesNotChanged(this ILogger logger, string reason);

    [LoggerMessage(3020, LogLevel.Error, "Request {Method} {Path} failed ({Trace})")]
    public static partial void RequestFailed(this ILogger logger, Exception e, string method, string path, string trace);

    [LoggerMessage(3021, LogLevel.Debug, "Request {Request} was answered after its client had left")]
    public static partial void ReplyWithoutClient(this ILogger logger, long request);

    [LoggerMessage(3030, LogLevel.Warning, "Callback {Url} missed {Count} events: {Reason}")]
    public static partial void CallbackMissed(this ILogger logger, string url, long count, string reason);

    [LoggerMessage(3031, LogLevel.Information, "Event stream of {Client} ended: {Reason}")]
    public static partial void StreamEnded(this ILogger logger, string client, string reason);
}
