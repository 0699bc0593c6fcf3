using Microsoft.Extensions.Logging;

namespace Tepui.Web;

/// <summary>Log events of the web page, 6000 to 6099.</summary>
internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Debug, "Web page could not read the master: {Problem}")]
    public static partial void MasterUnread(this ILogger logger, string problem);

    [LoggerMessage(6002, LogLevel.Error, "Web page {Path} failed")]
    public static partial void PageFailed(this ILogger logger, Exception exception, string path);

    [LoggerMessage(6003, LogLevel.Debug, "Web page could not read the services: {Problem}")]
    public static partial void ServicesUnread(this ILogger logger, string problem);

    [LoggerMessage(6004, LogLevel.Information, "Web page sends {Method} {Path} to the services: status {Status}")]
    public static partial void CommandSent(this ILogger logger, string method, string path, int status);

    [LoggerMessage(6005, LogLevel.Debug, "Web page could not read the jobs: {Problem}")]
    public static partial void JobsUnread(this ILogger logger, string problem);

    [LoggerMessage(6006, LogLevel.Information, "Web page sends {Method} {Path} to the jobs scheduler: status {Status}")]
    public static partial void JobCommandSent(this ILogger logger, string method, string path, int status);
}
