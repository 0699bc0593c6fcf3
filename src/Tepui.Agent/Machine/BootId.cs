namespace Tepui.Agent.Machine;

/// <summary>Names the time since the machine was started: after a reboot nothing that ran before runs any more.</summary>
internal static class BootId
{
    private const string File = "/proc/sys/kernel/random/boot_id";

    /// <summary>Reads it; the same text until the machine starts again.</summary>
    public static string Read() => System.IO.File.ReadAllText(File).Trim();
}
