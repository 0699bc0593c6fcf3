using Tepui.Protocol.V1;

namespace Tepui.Agent;

/// <summary>What does not change about an agent while it runs.</summary>
/// <param name="Ip">Address others reach it at.</param>
/// <param name="Port">Port others reach it at.</param>
/// <param name="Instance">Number in its name.</param>
/// <param name="Version">Of this build.</param>
/// <param name="Started">When it took up its work.</param>
/// <param name="RecoveryTook">How long the recovery took.</param>
/// <param name="Flags">Flags in force, by name; those without a value are left out.</param>
/// <param name="LogFile">The log shown as <c>/slave/log</c>, if there is one.</param>
internal sealed record AgentIdentity(
    string Ip,
    int Port,
    int Instance,
    VersionInfo Version,
    DateTimeOffset Started,
    TimeSpan RecoveryTook,
    IReadOnlyDictionary<string, string> Flags,
    string? LogFile)
{
    /// <summary>Its name in prefixed paths.</summary>
    public string Name => $"slave({Instance})";

    /// <summary>How actor-style clients address it.</summary>
    public string Pid => $"{Name}@{Ip}:{Port}";
}
