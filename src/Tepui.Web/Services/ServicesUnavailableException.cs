namespace Tepui.Web.Services;

/// <summary>The services did not answer as they should. The message names the address and what came instead.</summary>
public sealed class ServicesUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
