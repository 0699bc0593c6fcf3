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

    [LoggerMessage(3013, LogLevel.Warning, "Role {Role} was refused by the master, apps in it wait; it is asked for again after {Rest}: {Reason}")]
    public static partial void RoleRefused(this ILogger logger, string role, string reason, TimeSpan rest);

    [LoggerMessage(3014, LogLevel.Warning, "The subscription was refused; trying without the roles {Roles}: {Reason}")]
    public static partial void RolesDropped(this ILogger logger, string roles, string reason);

    [LoggerMessage(3015, LogLevel.Debug, "Role {Role} could not be asked for: {Reason}")]
    public static partial void RoleNotAsked(this ILogger logger, string role, string reason);

    [LoggerMessage(3020, LogLevel.Error, "Request {Method} {Path} failed ({Trace})")]
    public static partial void RequestFailed(this ILogger logger, Exception e, string method, string path, string trace);

    [LoggerMessage(3021, LogLevel.Debug, "Request {Request} was answered after its client had left")]
    public static partial void ReplyWithoutClient(this ILogger logger, long request);

    [LoggerMessage(3022, LogLevel.Warning, "Checks of {Instance} cannot be made: {Reason}")]
    public static partial void CheckFailed(this ILogger logger, Exception e, string instance, string reason);

    [LoggerMessage(3030, LogLevel.Warning, "Callback {Url} missed {Count} events: {Reason}")]
    public static partial void CallbackMissed(this ILogger logger, string url, long count, string reason);

    [LoggerMessage(3031, LogLevel.Information, "Event stream of {Client} ended: {Reason}")]
    public static partial void StreamEnded(this ILogger logger, string client, string reason);

    [LoggerMessage(3032, LogLevel.Warning, "More than {Max} events wait to be handed out; streams are ended, so that their clients come again")]
    public static partial void EventsLost(this ILogger logger, int max);
}
