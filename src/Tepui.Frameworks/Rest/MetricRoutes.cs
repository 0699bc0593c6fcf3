using System.Text;
using Microsoft.AspNetCore.Http;
using Tepui.Frameworks.Metrics;
using Tepui.Runtime.Http;
using Tepui.Runtime.Metrics;
using Tepui.Runtime.Rest;

namespace Tepui.Frameworks.Rest;

/// <summary>Metrics as JSON and for Prometheus.</summary>
/// <param name="readAsync">All metrics now.</param>
public sealed class MetricRoutes(Func<CancellationToken, Task<IReadOnlyList<MetricSample>>> readAsync)
{
    /// <summary>Why there are none for Prometheus; <see langword="null"/> where there are.</summary>
    public string? PrometheusOff { get; init; }

    /// <summary>Prints them for Prometheus.</summary>
    public Func<IReadOnlyList<MetricSample>, string> Print { get; init; } = MetricsJson.Prometheus;

    /// <summary>Histograms now; they stand in the JSON alone.</summary>
    public Func<IEnumerable<HistogramSample>> Histograms { get; init; } = () => [];

    /// <summary>Adds the routes.</summary>
    public void Map(RestRouter router) => router
        .Map("GET", "/metrics", SnapshotAsync)
        .Map("GET", "/metrics/prometheus", PrometheusAsync);

    private async Task SnapshotAsync(RestCall call)
    {
        var samples = await readAsync(call.Cancel);
        await RestAnswer.JsonAsync(call.Context, json => MetricsJson.Write(json, samples, Histograms()));
    }

    private async Task PrometheusAsync(RestCall call)
    {
        if (PrometheusOff is { } reason)
        {
            await call.Api.ErrorAsync(call.Context, StatusCodes.Status404NotFound, reason);
            return;
        }

        var samples = await readAsync(call.Cancel);
        await Answer.BytesAsync(call.Context, PrometheusText.ContentType, Encoding.UTF8.GetBytes(Print(samples)));
    }
}
