namespace Tepui.Runtime.Rest;

/// <summary>What <see cref="RestGate"/> lets pass.</summary>
public sealed record RestGateOptions
{
    /// <summary>USER:PASSWORD every request must bear; unset: none.</summary>
    public string? Credentials { get; init; }

    /// <summary>Told to clients without credentials.</summary>
    public string Realm { get; init; } = "Mesosphere";

    /// <summary>Requests served at one time; unset: any number.</summary>
    public int? RequestsMax { get; init; }

    /// <summary>Origins browsers may call from.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Compress for clients that take gzip.</summary>
    public bool Compress { get; init; } = true;
}
