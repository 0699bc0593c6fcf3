namespace Tepui.Runtime.Http;

/// <summary>How a message is written on the wire.</summary>
public enum WireFormat
{
    /// <summary><c>application/json</c>; preferred when a client accepts both.</summary>
    Json,

    /// <summary><c>application/x-protobuf</c>.</summary>
    Protobuf,
}
