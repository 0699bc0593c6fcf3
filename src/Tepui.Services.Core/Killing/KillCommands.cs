using Tepui.Services.Core.Commands;

namespace Tepui.Services.Core.Killing;

/// <summary>Commands that end instances.</summary>
internal static class KillCommands
{
    /// <summary>Tasks of one app.</summary>
    public static CommandOutcome KillAppTasks(Turn turn, ServicesCommand.KillAppTasks command) => throw new NotSupportedException();

    /// <summary>Tasks of any app.</summary>
    public static CommandOutcome KillTasks(Turn turn, ServicesCommand.KillTasks command) => throw new NotSupportedException();

    /// <summary>Instances of a pod.</summary>
    public static CommandOutcome KillPodInstances(Turn turn, ServicesCommand.KillPodInstances command) => throw new NotSupportedException();
}
