namespace Tepui.Runtime.Http;

/// <summary>Why an event stream ended.</summary>
public enum EventStreamEnd
{
    /// <summary>We completed it and all records went out.</summary>
    Completed,

    /// <summary>The peer closed the connection, or it broke, or the host stops.</summary>
    Disconnected,

    /// <summary>The peer read too slowly: more than the buffer allows was waiting, or nothing moved for too long.</summary>
    TooSlow,
}
