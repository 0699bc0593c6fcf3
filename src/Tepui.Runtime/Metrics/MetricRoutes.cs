using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tepui.Model.Units;
using Tepui.Runtime.Http;

namespace Tepui.Runtime.Metrics;

/// <summary>
/// <c>/metrics/snapshot</c> (flat JSON, names sorted) and <c>/metrics</c> (Prometheus). Values come from published snapshots, so no answer is
/// ever slow: <c>timeout</c> is checked but never runs out, and requests are not rate limited.
/// </summary>
public static class MetricRoutes
{
    /// <summary>Adds both routes.</summary>
    public static MesosRouter MapMetrics(this MesosRouter router, MetricRegistry metrics) => router
        .MapGlobal("/metrics/snapshot", context => SnapshotAsync(context, metrics))
        .MapGlobal("/metrics", context => PrometheusAsync(context, metrics));

    private static Task SnapshotAsync(HttpContext context, MetricRegistry metrics)
    {
        if (context.Request.Query.TryGetValue("timeout", out var timeout) && !DurationText.TryParse(timeout.ToString(), out _, out var problem))
        {
            var number = timeout.ToString().TrimEnd([.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"]);
            var reason = double.TryParse(number, CultureInfo.InvariantCulture, out _) ? problem : $"Failed to convert '{number}' to number.";
            return Answer.TextAsync(context, StatusCodes.Status400BadRequest, $"Invalid timeout '{timeout}': {reason}\n");
        }

        return Answer.JsonAsync(context, output => JsonText.WriteNumbers(output, metrics.Read().Select(s => KeyValuePair.Create(s.Name, s.Value))));
    }

    private static Task PrometheusAsync(HttpContext context, MetricRegistry metrics) =>
        Answer.BytesAsync(context, PrometheusText.ContentType, Encoding.UTF8.GetBytes(PrometheusText.Print(metrics.Read())));
}
