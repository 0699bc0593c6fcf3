namespace Tepui.Protocol.RecordIo;

/// <summary>A stream of records cannot be read on: bad length, record too large, or cut short. The message says which.</summary>
public sealed class RecordException(string message) : Exception(message);
