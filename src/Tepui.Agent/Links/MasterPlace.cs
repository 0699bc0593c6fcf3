using Tepui.Runtime.Hosting;

namespace Tepui.Agent.Links;

/// <summary>Where a master listens.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">Port.</param>
internal sealed record MasterPlace(string Host, int Port)
{
    private const int DefaultPort = 5050;

    /// <summary>Reads <c>HOST:PORT</c>, several separated by commas.</summary>
    /// <exception cref="StartupException">It is something else.</exception>
    public static IReadOnlyList<MasterPlace> ReadAll(string text)
    {
        var places = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Read).ToArray();
        return places.Length > 0 ? places : throw new StartupException("--master is empty; it must be HOST:PORT, several separated by commas.", ExitCode.Usage);
    }

    /// <summary>Where a redirect such as <c>//host:5050/master/...</c> leads, or <see langword="null"/> when it leads nowhere.</summary>
    public static MasterPlace? FromLocation(string location)
    {
        var absolute = location.StartsWith("//", StringComparison.Ordinal) ? "http:" + location : location;
        return Uri.TryCreate(absolute, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp ? new(uri.DnsSafeHost, uri.Port) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static MasterPlace Read(string text)
    {
        if (text.StartsWith("zk://", StringComparison.Ordinal) || text.StartsWith("file://", StringComparison.Ordinal))
        {
            throw new StartupException($"--master is '{text}'; addresses in ZooKeeper or a file are not supported yet. Use HOST:PORT.", ExitCode.Usage);
        }

        var plain = text.StartsWith("http://", StringComparison.Ordinal) ? text : "http://" + text;
        var namesPort = plain.AsSpan("http://".Length).TrimEnd('/') is var rest && rest[(rest.LastIndexOf(']') + 1)..].Contains(':');
        return Uri.TryCreate(plain, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.AbsolutePath == "/"
            ? new(uri.DnsSafeHost, namesPort ? uri.Port : DefaultPort)
            : throw new StartupException($"--master is '{text}'; it must be HOST:PORT, several separated by commas.", ExitCode.Usage);
    }
}
