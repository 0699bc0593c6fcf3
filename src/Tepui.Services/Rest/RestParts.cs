using Microsoft.Extensions.Logging;
using Tepui.Frameworks.Events;
using Tepui.Frameworks.Hosting;
using Tepui.Runtime.Rest;
using Tepui.Services.Core.Events;
using Tepui.Services.Loop;
using Tepui.Services.Metrics;
using Tepui.Services.Scheduling;

namespace Tepui.Services.Rest;

/// <summary>What the routes are made of.</summary>
internal sealed record RestParts
{
    /// <summary>What is the API's own.</summary>
    public required RestApi Api { get; init; }

    /// <summary>Takes wishes and gives views.</summary>
    public required ServicesLoop Loop { get; init; }

    /// <summary>How the scheduler runs.</summary>
    public required ServicesSettings Settings { get; init; }

    /// <summary>What the process lends.</summary>
    public required FrameworkHostOptions Options { get; init; }

    /// <summary>Where others reach it.</summary>
    public required FrameworkIdentity Identity { get; init; }

    /// <summary>Where events come from.</summary>
    public required EventHub<ServiceEvent> Events { get; init; }

    /// <summary>Metrics.</summary>
    public required ServicesMetrics Metrics { get; init; }

    /// <summary>What agents have to give.</summary>
    public required FreeResources Free { get; init; }

    /// <summary>Where trouble is told.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Ends streams.</summary>
    public required CancellationToken Stopping { get; init; }
}
