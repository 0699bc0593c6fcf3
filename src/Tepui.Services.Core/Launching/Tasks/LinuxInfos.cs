using Tepui.Protocol.V1;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>Settings for the kernel as the wire has them.</summary>
internal static class LinuxInfos
{
    /// <summary><see langword="null"/> if there are none.</summary>
    public static LinuxInfo? Of(LinuxSettings? settings)
    {
        if (settings is null)
        {
            return null;
        }

        var info = new LinuxInfo();
        if (settings.SeccompProfile is not null || settings.SeccompUnconfined is not null)
        {
            info.Seccomp = new();
            if (settings.SeccompProfile is { } profile)
            {
                info.Seccomp.ProfileName = profile;
            }

            if (settings.SeccompUnconfined is { } unconfined)
            {
                info.Seccomp.Unconfined = unconfined;
            }
        }

        if (settings.IpcMode is { } mode)
        {
            info.IpcMode = mode == "SHARE_PARENT" ? LinuxInfo.Types.IpcMode.ShareParent : LinuxInfo.Types.IpcMode.Private;
        }

        if (settings.ShmSize is { } size)
        {
            info.ShmSize = (uint)size;
        }

        return info;
    }
}
