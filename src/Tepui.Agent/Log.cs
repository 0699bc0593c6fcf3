using Microsoft.Extensions.Logging;

namespace Tepui.Agent;

/// <summary>What an agent logs.</summary>
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "Agent listens on {Address}; work directory {WorkDirectory}, resources {Resources}")]
    public static partial void AgentStarted(this ILogger logger, string address, string workDirectory, string resources);

    [LoggerMessage(2002, LogLevel.Information, "Agent recovered {Checkpoints} checkpoints and {Containers} containers in {Took}")]
    public static partial void AgentRecovered(this ILogger logger, int checkpoints, int containers, TimeSpan took);

    [LoggerMessage(EventId = 2003, Message = "Agent stops with exit code {ExitCode}: {Reason}")]
    public static partial void AgentStops(this ILogger logger, LogLevel level, int exitCode, string reason);

    [LoggerMessage(2004, LogLevel.Critical, "Agent failed and stops")]
    public static partial void AgentFailed(this ILogger logger, Exception cause);

    [LoggerMessage(2010, LogLevel.Information, "Link {Link} to master {Master} opened")]
    public static partial void LinkOpened(this ILogger logger, long link, string master);

    [LoggerMessage(2011, LogLevel.Warning, "Link {Link} to master {Master} ended: {Reason}")]
    public static partial void LinkEnded(this ILogger logger, long link, string master, string reason);

    [LoggerMessage(2012, LogLevel.Warning, "Master {Master} cannot be reached ({Reason}); trying on")]
    public static partial void MasterUnreachable(this ILogger logger, string master, string reason);

    [LoggerMessage(2013, LogLevel.Information, "Admitted by master {Master} as {Agent}")]
    public static partial void Admitted(this ILogger logger, string master, string agent);

    [LoggerMessage(2020, LogLevel.Warning, "Sandbox {Directory} could not be made: {Reason}")]
    public static partial void SandboxFailed(this ILogger logger, string directory, string reason);

    [LoggerMessage(2021, LogLevel.Warning, "Sandbox {Directory} could not be removed: {Reason}")]
    public static partial void SandboxNotRemoved(this ILogger logger, string directory, string reason);

    [LoggerMessage(2025, LogLevel.Warning, "The disk of {Directory} could not be measured: {Reason}")]
    public static partial void DiskNotMeasured(this ILogger logger, string directory, string reason);

    [LoggerMessage(2022, LogLevel.Information, "Container {Container} could not be started: {Reason}")]
    public static partial void StartFailed(this ILogger logger, string container, string reason);

    [LoggerMessage(2023, LogLevel.Debug, "Container {Container} started as process {Pid}")]
    public static partial void Started(this ILogger logger, string container, int pid);

    [LoggerMessage(2024, LogLevel.Debug, "Container {Container} exited with wait status {WaitStatus}")]
    public static partial void Exited(this ILogger logger, string container, int? waitStatus);

    [LoggerMessage(2030, LogLevel.Information, "Executor stream {Stream} ended: {End}")]
    public static partial void ExecutorStreamEnded(this ILogger logger, long stream, string end);

    [LoggerMessage(2031, LogLevel.Debug, "Request {Request} was answered {Status}, but its client is gone")]
    public static partial void ReplyWithoutClient(this ILogger logger, long request, int status);

    [LoggerMessage(2032, LogLevel.Warning, "The supervisor did not end in time; it ends by itself when idle")]
    public static partial void SupervisorStays(this ILogger logger);
}
