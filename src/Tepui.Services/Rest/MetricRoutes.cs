using System.Text;
using Tepui.Frameworks.Metrics;
using Tepui.Runtime.Http;
using Tepui.Runtime.Metrics;
using Tepui.Services.Loop;
using Tepui.Services.Metrics;
using Tepui.Services.Rest.Http;

namespace Tepui.Services.Rest;

/// <summary>Metrics as JSON and for Prometheus.</summary>
internal sealed class MetricRoutes(ServicesMetrics metrics, ServicesLoop loop, ServicesSettings settings)
{
    /// <summary>Adds the routes.</summary>
    public void Map(RestRouter router) => router
        .Map("GET", "/metrics", SnapshotAsync)
        .Map("GET", "/metrics/prometheus", PrometheusAsync);

    private async Task SnapshotAsync(RestCall call)
    {
        var samples = metrics.Read(await loop.ViewAsync(call.Cancel));
        await RestAnswer.JsonAsync(call.Context, json => MetricsJson.Write(json, samples));
    }

    private async Task PrometheusAsync(RestCall call)
    {
        if (!settings.ServePrometheus)
        {
            await RestAnswer.ErrorAsync(call.Context, 404, "The Prometheus reporter is off (--disable_metrics_prometheus)");
            return;
        }

        var samples = metrics.Read(await loop.ViewAsync(call.Cancel));
        await Answer.BytesAsync(call.Context, PrometheusText.ContentType, Encoding.UTF8.GetBytes(MetricsJson.Prometheus(samples)));
    }
}
