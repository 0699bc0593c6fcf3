using Microsoft.Extensions.Logging;

namespace Tepui.Frameworks;

/// <summary>What the parts that frameworks share tell their operator.</summary>
internal static partial class Log
{
    [LoggerMessage(3010, LogLevel.Information, "Subscribed at master {Master} as framework {Framework}")]
    public static partial void Subscribed(this ILogger logger, string master, string framework);

    [LoggerMessage(3011, LogLevel.Warning, "Subscription lost: {Reason}")]
    public static partial void Disconnected(this ILogger logger, string reason);

    [LoggerMessage(3012, LogLevel.Warning, "Call {Call} was not taken: {Status} {Reason}")]
    public static partial void CallFailed(this ILogger logger, string call, int status, string reason);

    [LoggerMessage(3013, LogLevel.Warning, "Role {Role} was refused by the master, what wants it waits; it is asked for again after {Rest}: {Reason}")]
    public static partial void RoleRefused(this ILogger logger, string role, string reason, TimeSpan rest);

    [LoggerMessage(3014, LogLevel.Warning, "The subscription was refused; trying without the roles {Roles}: {Reason}")]
    public static partial void RolesDropped(this ILogger logger, string roles, string reason);

    [LoggerMessage(3015, LogLevel.Debug, "Role {Role} could not be asked for: {Reason}")]
    public static partial void RoleNotAsked(this ILogger logger, string role, string reason);

    [LoggerMessage(3032, LogLevel.Warning, "More than {Max} events wait to be handed out; streams are ended, so that their clients come again")]
    public static partial void EventsLost(this ILogger logger, int max);
}
