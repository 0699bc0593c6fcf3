namespace Tepui.Runtime.Http;

/// <summary>Limits of one event stream.</summary>
public sealed record EventStreamOptions
{
    /// <summary>Bytes that may wait for a reader (as protobuf, before framing) until it is cut off. One record alone may be larger.</summary>
    public long BufferBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Longest time one write may take until the reader counts as gone.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Extra response headers, as in <c>Mesos-Stream-Id</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
