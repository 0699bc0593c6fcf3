namespace Tepui.Runtime.Link;

/// <summary>The other side answered, but did not open a link.</summary>
/// <param name="status">HTTP status it answered, or 0 when the answer was not HTTP.</param>
/// <param name="location">Where it sent us (header <c>Location</c>), as when it is not the leader.</param>
/// <param name="message">What happened.</param>
public sealed class LinkRefusedException(int status, string? location, string message) : IOException(message)
{
    /// <summary>HTTP status it answered, or 0 when the answer was not HTTP.</summary>
    public int Status { get; } = status;

    /// <summary>Where it sent us, as in <c>//host:5050</c>; <see langword="null"/> when nowhere.</summary>
    public string? Location { get; } = location;
}
