namespace Tepui.Protocol.Link;

/// <summary>A link between master and agent cannot be read on: a frame too large, malformed or cut short. The message says which.</summary>
public sealed class FrameException(string message) : Exception(message);
