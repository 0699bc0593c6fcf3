namespace Tepui.Jobs.Core.Runs;

/// <summary>The subscription at the master.</summary>
internal static class Session
{
    /// <summary>Subscribed: keeps the id, asks about tasks, repeats kills.</summary>
    public static void Subscribed(Turn turn, JobsInput.Subscribed subscribed)
    {
    }

    /// <summary>Not subscribed any more.</summary>
    public static void Disconnected(Turn turn)
    {
    }
}
