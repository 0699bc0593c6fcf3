using Microsoft.Extensions.Logging;
using Tepui.Model.Identifiers;

namespace Tepui.Containers;

/// <summary>Log lines of the containerizer.</summary>
internal static partial class Log
{
    [LoggerMessage(7001, LogLevel.Information, "Starting the supervisor for {Directory}")]
    public static partial void StartsSupervisor(this ILogger log, string directory);

    [LoggerMessage(7002, LogLevel.Information, "Connected to supervisor {Pid}, which knows {Containers} containers")]
    public static partial void SupervisorConnected(this ILogger log, uint pid, int containers);

    [LoggerMessage(7003, LogLevel.Warning, "Lost the supervisor; connecting again")]
    public static partial void SupervisorLost(this ILogger log);

    [LoggerMessage(7004, LogLevel.Error, "No supervisor yet, will try again: {Problem}")]
    public static partial void SupervisorMissing(this ILogger log, string problem);

    [LoggerMessage(7005, LogLevel.Information, "Upgrading supervisor {Pid} from build {Found} to {Wanted}")]
    public static partial void UpgradesSupervisor(this ILogger log, uint pid, string found, string wanted);

    [LoggerMessage(7006, LogLevel.Warning, "Supervisor not upgraded, it goes on as it is: {Problem}")]
    public static partial void SupervisorNotUpgraded(this ILogger log, string problem);

    [LoggerMessage(7007, LogLevel.Warning, "Logs in {Sandbox} not rotated: {Problem}")]
    public static partial void LogsNotRotated(this ILogger log, string sandbox, string problem);

    [LoggerMessage(7008, LogLevel.Debug, "Container {Container} failed to start: {Problem}")]
    public static partial void StartFailed(this ILogger log, ContainerId container, string problem);

    [LoggerMessage(7009, LogLevel.Error, "A background task of the containerizer failed; it goes on")]
    public static partial void BackgroundFailed(this ILogger log, Exception failure);
}
