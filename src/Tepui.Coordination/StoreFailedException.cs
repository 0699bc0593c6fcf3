namespace Tepui.Coordination;

/// <summary>A commit failed (disk full, I/O error), now or earlier. The store refuses further commits: what is on disk is not known to match what is in memory.</summary>
public sealed class StoreFailedException(string message, Exception? inner = null) : IOException(message, inner);
