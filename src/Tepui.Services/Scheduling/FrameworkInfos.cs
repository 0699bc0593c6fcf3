using Google.Protobuf;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Services;
using Tepui.Protocol.V1;
using Tepui.Sdk.Scheduler;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;

namespace Tepui.Services.Scheduling;

/// <summary>Who the scheduler is to the master.</summary>
internal static class FrameworkInfos
{
    /// <summary>From settings and what the store holds: the id of earlier lives, the roles in which instances were launched.</summary>
    public static FrameworkInfo Create(ServicesSettings settings, ServicesIdentity identity, IReadOnlyDictionary<string, IMessage> entries)
    {
        var framework = new FrameworkInfo
        {
            Name = settings.FrameworkName,
            User = settings.User ?? System.Environment.UserName,
            Hostname = identity.Hostname,
            WebuiUrl = settings.WebUiUrl ?? identity.Url,
            Checkpoint = settings.Checkpoint,
            FailoverTimeout = settings.FailoverTimeout.TotalSeconds,
        };
        framework.Capabilities.AddRange(Capabilities(settings).Select(type => new FrameworkInfo.Types.Capability { Type = type }));
        framework.Roles.AddRange(entries.Values.OfType<InstanceEntry>().Where(entry => entry.Host is not null).Select(entry => entry.Role).Append(settings.Core.MesosRole).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        if (settings.Authentication is var (principal, _))
        {
            framework.Principal = principal;
        }

        if (entries.GetValueOrDefault(Core.StoreKeys.Framework) is FrameworkEntry known)
        {
            framework.Id = new FrameworkId(known.FrameworkId).ToWire();
        }

        return framework;
    }

    /// <summary>What the SDK is told. The core acknowledges, keeps the tasks and asks about them itself.</summary>
    public static SchedulerOptions Options(ServicesSettings settings, FrameworkInfo framework, TimeProvider time) => new()
    {
        Masters = settings.Masters,
        Framework = framework,
        AutoAcknowledge = false,
        TrackTasks = false,
        ReconcileInterval = null,
        HeartbeatsMissedMax = settings.HeartbeatsMissedMax,
        Credential = settings.Authentication is var (principal, secret) ? new Credential { Principal = principal, Secret = secret } : null,
        Time = time,
    };

    private static IEnumerable<Capability> Capabilities(ServicesSettings settings)
    {
        IEnumerable<Capability> always = [Capability.PartitionAware, Capability.MultiRole, Capability.TaskKillingState, Capability.RegionAware, Capability.ReservationRefinement];
        return settings.Core.Features.Contains("gpu_resources") ? always.Append(Capability.GpuResources) : always;
    }
}
