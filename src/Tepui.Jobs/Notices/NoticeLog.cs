using Microsoft.Extensions.Logging;

namespace Tepui.Jobs.Notices;

/// <summary>What is logged of notices.</summary>
internal static partial class NoticeLog
{
    [LoggerMessage(4060, LogLevel.Warning, "Notice {Notice} of job {Job} could not be told to {Target} and is tried again: {Problem}")]
    public static partial void NoticeFailed(this ILogger logger, long notice, string job, string target, string problem);

    [LoggerMessage(4061, LogLevel.Warning, "Notice {Notice} of job {Job} is not told to {Target}: {Problem}")]
    public static partial void NoticeRefused(this ILogger logger, long notice, string job, string target, string problem);

    [LoggerMessage(4062, LogLevel.Error, "Notices of job {Job} cannot be told")]
    public static partial void NoticeBroken(this ILogger logger, Exception e, string job);
}
