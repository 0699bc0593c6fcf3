using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Launching;

/// <summary>Specs with instances that wait for offers (those in <see cref="Condition.Scheduled"/> with <see cref="Goal.Running"/>), and their back-off.</summary>
internal sealed class LaunchQueue
{
    /// <summary>Takes note of the instances of a spec as they are now; called for every touched spec at the end of a step.</summary>
    public void Sync(Turn turn, PathId spec)
    {
    }

    /// <summary>An instance failed: the next launch of its configuration waits longer.</summary>
    public void Failed(Turn turn, Instance instance)
    {
    }

    /// <summary>An instance is staging, starting or running: the wait in force counts from now.</summary>
    public void Progressed(Turn turn, Instance instance)
    {
    }

    /// <summary>The next launch need not wait.</summary>
    public bool ResetDelay(Turn turn, PathId spec) => false;

    /// <summary>End of the wait in force, if any.</summary>
    public DateTimeOffset? DelayedUntil(RunSpec spec, DateTimeOffset now) => null;

    /// <summary>The wait after the next failure.</summary>
    public TimeSpan DelayOf(RunSpec spec) => TimeSpan.Zero;
}
