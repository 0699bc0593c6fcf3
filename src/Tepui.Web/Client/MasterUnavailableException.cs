namespace Tepui.Web.Client;

/// <summary>The master, or an agent, did not answer as it should. The message names the address and what came instead.</summary>
public sealed class MasterUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
