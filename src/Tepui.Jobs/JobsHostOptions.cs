using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Tepui.Runtime.Logs;

namespace Tepui.Jobs;

/// <summary>What the process around a jobs scheduler lends it.</summary>
public sealed record JobsHostOptions
{
    /// <summary>Where logs go; <see langword="null"/> for nowhere.</summary>
    public ILoggerFactory? Logs { get; init; }

    /// <summary>The level operators can raise; the process's log filter reads it.</summary>
    public LoggingLevel? LoggingLevel { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Adds services of other parts to the HTTP server, as of the web page.</summary>
    public Action<WebApplicationBuilder>? Configure { get; init; }

    /// <summary>Adds endpoints of other parts; they see requests for paths that are not the API's.</summary>
    public Action<WebApplication>? Endpoints { get; init; }
}
