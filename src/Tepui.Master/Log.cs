using Microsoft.Extensions.Logging;
using Tepui.Runtime.Http;

namespace Tepui.Master;

/// <summary>What the master's shell tells its operator.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Master {Id} listens on {Address} as {Pid}, epoch {Epoch}; {Agents} agents and {Frameworks} frameworks in the registry")]
    public static partial void Started(this ILogger logger, string id, Uri address, string pid, ulong epoch, int agents, int frameworks);

    [LoggerMessage(1001, LogLevel.Information, "Master stopped")]
    public static partial void Stopped(this ILogger logger);

    [LoggerMessage(1002, LogLevel.Critical, "Master stops: {Reason}")]
    public static partial void Failed(this ILogger logger, Exception? exception, string reason);

    [LoggerMessage(1010, LogLevel.Debug, "Agent link {Link} opened from {Peer}")]
    public static partial void LinkOpened(this ILogger logger, long link, string peer);

    [LoggerMessage(1011, LogLevel.Debug, "Agent link {Link} from {Peer} closed")]
    public static partial void LinkClosed(this ILogger logger, long link, string peer);

    [LoggerMessage(1012, LogLevel.Warning, "Agent link {Link} from {Peer} broke: {Reason}")]
    public static partial void LinkBroken(this ILogger logger, long link, string peer, string reason);

    [LoggerMessage(1020, LogLevel.Information, "Stream {Stream} of framework '{Framework}' ended: {End}")]
    public static partial void SchedulerStreamEnded(this ILogger logger, string stream, string framework, EventStreamEnd end);

    [LoggerMessage(1021, LogLevel.Debug, "Operator stream ended: {End}")]
    public static partial void OperatorStreamEnded(this ILogger logger, EventStreamEnd end);

    [LoggerMessage(1030, LogLevel.Debug, "Request {Request} was answered {Status} after its client had left")]
    public static partial void ReplyWithoutClient(this ILogger logger, long request, int status);

    [LoggerMessage(1040, LogLevel.Information, "Agent {Agent} {State} in the registry")]
    public static partial void AgentPersisted(this ILogger logger, string agent, string state);

    [LoggerMessage(1041, LogLevel.Information, "Framework {Framework} {State} in the registry")]
    public static partial void FrameworkPersisted(this ILogger logger, string framework, string state);
}
