namespace Tepui.Agent;

/// <summary>How an agent came to its end.</summary>
/// <param name="ExitCode">What its process shall exit with.</param>
/// <param name="Reason">For the log and the terminal.</param>
public sealed record AgentEnd(int ExitCode, string Reason);
