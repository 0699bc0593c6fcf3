namespace Tepui.Web.Jobs;

/// <summary>The jobs scheduler did not answer as it should. The message names the address and what came instead.</summary>
public sealed class JobsUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
