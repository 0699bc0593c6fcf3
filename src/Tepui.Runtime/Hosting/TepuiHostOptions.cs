using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Tepui.Runtime.Http;

namespace Tepui.Runtime.Hosting;

/// <summary>How a component listens for HTTP.</summary>
public sealed record TepuiHostOptions
{
    /// <summary>Name in errors, as in <c>master</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Address to listen on.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port to listen on; 0 lets the system choose (see <see cref="TepuiHost.Port"/>).</summary>
    public int Port { get; init; }

    /// <summary>Largest request body Kestrel takes, in bytes; endpoints may set less.</summary>
    public long MaxBodyBytes { get; init; } = RequestBody.DefaultLimit;

    /// <summary>Time open requests have to end when the host stops; streams are ended by their owners before.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where logs go; <see langword="null"/> for nowhere.</summary>
    public ILoggerFactory? Logs { get; init; }

    /// <summary>Adds services of other parts, as of the web page.</summary>
    public Action<WebApplicationBuilder>? Configure { get; init; }

    /// <summary>Adds endpoints of other parts; they see requests the router passed on.</summary>
    public Action<WebApplication>? Endpoints { get; init; }
}
