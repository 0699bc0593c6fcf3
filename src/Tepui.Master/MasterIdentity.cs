using Tepui.Protocol.V1;

namespace Tepui.Master;

/// <summary>What does not change about a master while it runs.</summary>
/// <param name="Info">Id, address, version, capabilities.</param>
/// <param name="Version">Of this build.</param>
/// <param name="Started">When the process took up its work.</param>
/// <param name="Elected">When it became the leader.</param>
/// <param name="Flags">Flags in force, by name; those without a value are left out.</param>
/// <param name="Cluster">Display name, if one was given.</param>
/// <param name="LogFile">The log shown as <c>/master/log</c>, if there is one.</param>
internal sealed record MasterIdentity(
    MasterInfo Info,
    VersionInfo Version,
    DateTimeOffset Started,
    DateTimeOffset Elected,
    IReadOnlyDictionary<string, string> Flags,
    string? Cluster,
    string? LogFile)
{
    /// <summary>How actor-style clients address this master.</summary>
    public string Pid => Info.Pid;
}
