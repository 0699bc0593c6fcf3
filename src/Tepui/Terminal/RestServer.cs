using System.Net.Sockets;

namespace Tepui.Terminal;

/// <summary>A kind of server that commands talk to.</summary>
/// <param name="Noun">What it is called, also as a command of <c>tepui</c>: <c>services</c>.</param>
/// <param name="Port">Its usual port.</param>
internal sealed record RestServer(string Noun, int Port)
{
    /// <summary><c>tepui services</c></summary>
    public static readonly RestServer Services = new("services", 8080);

    /// <summary><c>tepui jobs</c></summary>
    public static readonly RestServer Jobs = new("jobs", 4400);

    /// <summary>The option that names its address.</summary>
    public string Option => $"--{Noun}";

    /// <summary>The environment variable that does.</summary>
    public string Variable => $"TEPUI_{Noun.ToUpperInvariant()}";

    /// <summary>Tells that nobody answers at an address.</summary>
    public string Unreachable(string address, HttpRequestException problem)
    {
        var why = problem.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? "connection refused" : problem.Message;
        return $"no {Noun} answer at {address}: {why}. Start them with 'tepui local' or 'tepui {Noun}', or name others with {Option} URL.";
    }

    /// <summary>The base address meant by a URL, <c>HOST:PORT</c> or <c>HOST</c>.</summary>
    /// <exception cref="CommandFailure">It is no address.</exception>
    public Uri Parse(string text)
    {
        var hasScheme = text.Contains("://", StringComparison.Ordinal);
        if (!Uri.TryCreate(hasScheme ? text : $"http://{text}", UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https") || parsed.Host.Length == 0)
        {
            throw new CommandFailure(ExitCode.Usage, $"{Option} is '{text}'; it must be a URL, as in http://10.0.0.1:{Port}");
        }

        return parsed.IsDefaultPort && !hasScheme && !text.EndsWith(":80", StringComparison.Ordinal) ? new UriBuilder(parsed) { Port = Port }.Uri : parsed;
    }
}
