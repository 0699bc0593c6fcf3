using Tepui.Agent.Core;
using Tepui.Agent.Machine;
using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Tepui.Runtime.Hosting;

namespace Tepui.Agent;

/// <summary>What an agent tells of itself, and what its core is told.</summary>
internal static class AgentInfos
{
    /// <summary>Resources and attributes as configured or found; port and hostname come later.</summary>
    /// <exception cref="StartupException">A setting cannot be read, or the work directory not be made.</exception>
    public static AgentInfo Create(AgentSettings settings)
    {
        MakeWorkDirectory(settings.WorkDirectory);
        if (!AttributeText.TryParse(settings.Attributes, out var attributes, out var problem))
        {
            throw new StartupException($"--attributes: {problem}", ExitCode.Usage);
        }

        var info = new AgentInfo { Hostname = "", Domain = settings.Domain };
        info.Resources.AddRange(MachineResources.Read(settings.Resources, settings.DefaultRole, settings.WorkDirectory));
        info.Attributes.AddRange(attributes);
        return info;
    }

    /// <summary>What the core is told.</summary>
    public static AgentOptions Options(AgentSettings settings, AgentInfo info, string ip) => new()
    {
        Info = info,
        Ip = ip,
        Version = BuildInfo.ApiVersion,
        WorkDirectory = settings.WorkDirectory,
        BootId = BootId.Read(),
        SwitchUser = settings.SwitchUser,
        ExecutorRegistrationTimeout = settings.ExecutorRegistrationTimeout,
        ExecutorReregistrationTimeout = settings.ExecutorReregistrationTimeout,
        ExecutorShutdownGracePeriod = settings.ExecutorShutdownGracePeriod,
        RecoveryTimeout = settings.RecoveryTimeout,
        GcDelay = settings.GcDelay,
        GcDiskHeadroom = settings.GcDiskHeadroom,
        DiskWatchInterval = settings.DiskWatchInterval,
        StatusUpdateRetryMin = settings.StatusUpdateRetryMin,
        MaxCompletedExecutorsPerFramework = settings.MaxCompletedExecutorsPerFramework,
        ExecutorEnvironmentVariables = settings.ExecutorEnvironmentVariables,
        Seed = Random.Shared.Next(),
    };

    private static void MakeWorkDirectory(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new StartupException($"The work directory {directory} cannot be made: {e.Message} Choose another with --work_dir.", ExitCode.Storage, e);
        }
    }
}
