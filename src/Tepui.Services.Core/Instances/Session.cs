namespace Tepui.Services.Core.Instances;

/// <summary>The subscription at the master.</summary>
internal static class Session
{
    /// <summary>Subscribed: keeps the id, asks about tasks.</summary>
    public static void Subscribed(Turn turn, ServicesInput.Subscribed subscribed)
    {
    }

    /// <summary>Not subscribed any more.</summary>
    public static void Disconnected(Turn turn)
    {
    }
}
