using Microsoft.Extensions.Logging;
using Tepui.Frameworks.Events;
using Tepui.Frameworks.Hosting;
using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Loop;
using Tepui.Jobs.Metrics;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>What the routes are made of.</summary>
internal sealed record RestParts
{
    /// <summary>What is the API's own.</summary>
    public required RestApi Api { get; init; }

    /// <summary>Takes wishes and gives views.</summary>
    public required JobsLoop Loop { get; init; }

    /// <summary>How the scheduler runs.</summary>
    public required JobsSettings Settings { get; init; }

    /// <summary>What the process lends.</summary>
    public required FrameworkHostOptions Options { get; init; }

    /// <summary>Where others reach it.</summary>
    public required FrameworkIdentity Identity { get; init; }

    /// <summary>Where events come from.</summary>
    public required EventHub<JobEvent> Events { get; init; }

    /// <summary>How long runs took.</summary>
    public required RunTimes Times { get; init; }

    /// <summary>Metrics.</summary>
    public required JobsMetrics Metrics { get; init; }

    /// <summary>Where trouble is told.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Ends streams.</summary>
    public required CancellationToken Stopping { get; init; }
}
