namespace Tepui.Containers.Fetching;

/// <summary>A URI could not be fetched; the message names it and says why.</summary>
internal sealed class FetchException(string message, Exception? cause = null) : Exception(message, cause);
