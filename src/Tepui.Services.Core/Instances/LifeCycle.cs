namespace Tepui.Services.Core.Instances;

/// <summary>Timers of instances and of the session.</summary>
internal static class LifeCycle
{
    /// <summary>At the start of the core, after everything was restored.</summary>
    public static void Start(Turn turn)
    {
        foreach (var instance in turn.State.Instances.All.OrderBy(instance => instance.Id))
        {
            Unreachability.Watch(turn, instance);
        }

        Session.Start(turn);
        OverdueInstances.Start(turn);
    }
}
