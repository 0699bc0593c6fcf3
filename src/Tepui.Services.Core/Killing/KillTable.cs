using Tepui.Services.Core.Instances;

namespace Tepui.Services.Core.Killing;

/// <summary>Kills under way: at most so many at a time, repeated until the end of the task is heard.</summary>
internal sealed class KillTable
{
    /// <summary>Sentences an instance: one that waits is forgotten, one that was launched is killed and forgotten once it has ended.</summary>
    public void End(Turn turn, Instance instance, Goal goal)
    {
    }

    /// <summary>An instance is over or gone: its kill is done, the next may begin.</summary>
    public void Ended(Turn turn, InstanceId instance)
    {
    }
}
