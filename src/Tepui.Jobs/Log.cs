using Microsoft.Extensions.Logging;

namespace Tepui.Jobs;

/// <summary>What the shell of jobs tells its operator.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Information, "Jobs listen on {Address}, epoch {Epoch}; {Jobs} jobs, {Runs} runs in the store")]
    public static partial void Started(this ILogger logger, Uri address, ulong epoch, int jobs, int runs);

    [LoggerMessage(4001, LogLevel.Information, "Jobs stopped")]
    public static partial void Stopped(this ILogger logger);

    [LoggerMessage(4002, LogLevel.Critical, "Jobs stop: {Reason}")]
    public static partial void Failed(this ILogger logger, Exception? exception, string reason);

    [LoggerMessage(4003, LogLevel.Warning, "Job {Job} is disabled: its schedule '{Schedule}' cannot be read any more: {Problem}")]
    public static partial void ScheduleUnreadable(this ILogger logger, string job, string schedule, string problem);

    [LoggerMessage(4021, LogLevel.Debug, "Request {Request} was answered after its client had left")]
    public static partial void ReplyWithoutClient(this ILogger logger, long request);

    [LoggerMessage(4030, LogLevel.Warning, "Notice {Notice} of job {Job} was given up: {Problem}")]
    public static partial void NoticeDropped(this ILogger logger, long notice, string job, string problem);

    [LoggerMessage(4031, LogLevel.Information, "Event stream of {Client} ended: {Reason}")]
    public static partial void StreamEnded(this ILogger logger, string client, string reason);
}
