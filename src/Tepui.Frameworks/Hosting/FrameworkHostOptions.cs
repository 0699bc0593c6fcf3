using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tepui.Frameworks.Hosting;

/// <summary>How a framework is hosted.</summary>
public sealed record FrameworkHostOptions
{
    /// <summary>Name in errors, as in <c>services scheduler</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the user chose to keep data in.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>Where in it the store lies.</summary>
    public required string StoreDirectory { get; init; }

    /// <summary>Whether each write to the store waits for the disk.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Address to listen on.</summary>
    public required IPAddress Ip { get; init; }

    /// <summary>Port to listen on; 0 lets the system choose.</summary>
    public required int Port { get; init; }

    /// <summary>The entry of the store that holds the framework's id.</summary>
    public required string FrameworkKey { get; init; }

    /// <summary>What follows for the user when the master has removed the framework, after <c>its id is forgotten.</c></summary>
    public required string AfterRemoval { get; init; }

    /// <summary>Answers an error in the API's form.</summary>
    public required Func<HttpContext, int, string, Task> Error { get; init; }

    /// <summary>Where logs go.</summary>
    public required ILoggerFactory Logs { get; init; }

    /// <summary>Told when it has stopped as asked.</summary>
    public required Action Stopped { get; init; }

    /// <summary>Told why it ends by itself; with the exception of a bug.</summary>
    public required Action<Exception?, string> Failed { get; init; }

    /// <summary>Adds services of other parts to the HTTP server, as of the web page.</summary>
    public Action<WebApplicationBuilder>? Configure { get; init; }

    /// <summary>Adds endpoints of other parts; they see requests for paths that are not the API's.</summary>
    public Action<WebApplication>? Endpoints { get; init; }
}
