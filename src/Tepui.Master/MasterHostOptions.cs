using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Tepui.Runtime.Files;
using Tepui.Runtime.Logs;

namespace Tepui.Master;

/// <summary>What the process around a master lends it.</summary>
public sealed record MasterHostOptions
{
    /// <summary>Where logs go; <see langword="null"/> for nowhere.</summary>
    public ILoggerFactory? Logs { get; init; }

    /// <summary>The level operators can raise; the process's log filter reads it.</summary>
    public LoggingLevel? LoggingLevel { get; init; }

    /// <summary>Files shown below <c>/files</c>.</summary>
    public VirtualFiles? Files { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Adds services of other parts to the HTTP server, as of the web page.</summary>
    public Action<WebApplicationBuilder>? Configure { get; init; }

    /// <summary>Adds endpoints of other parts; they see requests for paths that are not the master's.</summary>
    public Action<WebApplication>? Endpoints { get; init; }
}
