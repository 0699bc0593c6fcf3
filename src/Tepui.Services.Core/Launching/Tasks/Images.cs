using Tepui.Protocol.V1;

namespace Tepui.Services.Core.Launching.Tasks;

/// <summary>Images as the wire has them.</summary>
internal static class Images
{
    /// <summary>A Docker image for the agent's own containerizer.</summary>
    /// <param name="name">As in the spec.</param>
    /// <param name="forcePull">Ask the registry even if the agent has it.</param>
    /// <param name="pullSecret">Name of the secret that opens the registry.</param>
    /// <param name="secrets">Sources of secrets by name.</param>
    public static Image Docker(string name, bool forcePull, string? pullSecret, IReadOnlyDictionary<string, string> secrets) => new()
    {
        Type = Image.Types.Type.Docker,
        Cached = !forcePull,
        Docker = new() { Name = name, Config = pullSecret is null ? null : Variables.Reference(secrets.GetValueOrDefault(pullSecret, pullSecret)) },
    };
}
