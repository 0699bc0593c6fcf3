using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tepui.Runtime.Logs;

namespace Tepui.Frameworks.Hosting;

/// <summary>What the process around a framework lends it.</summary>
public sealed record FrameworkHostOptions
{
    /// <summary>Where logs go; nowhere unless set.</summary>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The level operators can raise; the process's log filter reads it.</summary>
    public LoggingLevel? LoggingLevel { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Adds services of other parts to the HTTP server, as of the web page.</summary>
    public Action<WebApplicationBuilder>? Configure { get; init; }

    /// <summary>Adds endpoints of other parts; they see requests for paths that are not the API's.</summary>
    public Action<WebApplication>? Endpoints { get; init; }
}
