namespace Tepui.Runtime.Http;

/// <summary>The requests in progress hold all the memory meant for them.</summary>
/// <param name="message">What the client is told.</param>
public sealed class MemoryBudgetException(string message) : Exception(message);
