using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Tepui.Runtime.Mailboxes;
using Tepui.Services.Core;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Checks;

/// <summary>Measures the load of apps for the autoscaler, once for each question.</summary>
/// <param name="tell">Takes results to the core.</param>
/// <param name="usage">What tasks use.</param>
/// <param name="stopping">Ends measurements.</param>
internal sealed class LoadMeter(Func<ServicesInput, ValueTask> tell, TaskUsage usage, CancellationToken stopping) : IDisposable
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);

    private readonly Prober _prober = new();
    private readonly ConcurrentDictionary<PathId, bool> _underWay = new();

    /// <summary>Begins a measurement, unless one of the app is under way: its result counts.</summary>
    public void Measure(ServicesEffect.Measure measure)
    {
        if (_underWay.TryAdd(measure.App, true))
        {
            _ = Task.Run(() => MeasureAsync(measure), CancellationToken.None);
        }
    }

    /// <summary>Reads a number from an answer.</summary>
    /// <param name="body">A number, or a JSON document.</param>
    /// <param name="path">Dotted path in the document; empty when the answer is the number.</param>
    /// <param name="value">The number.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public static string? TryRead(string body, string path, out double value)
    {
        value = 0;
        if (path.Length == 0)
        {
            return double.TryParse(body.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value) ? null : $"the answer '{Shown(body)}' is no number";
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            var at = document.RootElement;
            foreach (var name in path.Split('.'))
            {
                if (!TryStep(at, name, out at))
                {
                    return $"the answer has no '{path}'";
                }
            }

            return at.ValueKind == JsonValueKind.Number && at.TryGetDouble(out value) ? null : $"'{path}' in the answer is no number";
        }
        catch (JsonException e)
        {
            return $"the answer is not JSON: {e.Message}";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _prober.Dispose();

    private static bool TryStep(JsonElement at, string name, out JsonElement next)
    {
        next = default;
        if (at.ValueKind == JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < at.GetArrayLength())
        {
            next = at[index];
            return true;
        }

        return at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out next);
    }

    private async Task MeasureAsync(ServicesEffect.Measure measure)
    {
        var (value, problem) = await TryAsync(measure);

        // The core may ask again as soon as it is told.
        _underWay.TryRemove(measure.App, out _);
        try
        {
            await tell(new ServicesInput.Measured(measure.App, problem is null ? value : null, problem));
        }
        catch (Exception e) when (e is MailboxClosedException || stopping.IsCancellationRequested)
        {
            // The scheduler stops.
        }
    }

    private async Task<(double Value, string? Problem)> TryAsync(ServicesEffect.Measure measure)
    {
        try
        {
            return measure.Policy.Metric == ScalingMetric.Http
                ? await FetchAsync(measure.Policy)
                : await usage.AverageAsync(measure.Policy.Metric == ScalingMetric.Cpu, measure.Tasks, stopping);
        }
        catch (Exception e)
        {
            return (0, e.Message);
        }
    }

    private async Task<(double Value, string? Problem)> FetchAsync(AutoscalingPolicy autoscaling)
    {
        if (!Uri.TryCreate(autoscaling.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return (0, $"'{autoscaling.Url}' is no http or https address");
        }

        var answer = await _prober.GetAsync(url, AnswerMax, readBody: true, stopping);
        if (answer.Status is not (>= 200 and < 300))
        {
            return (0, $"{url}: {answer.Problem ?? $"it answered {answer.Status}"}");
        }

        return TryRead(answer.Body ?? "", autoscaling.Path, out var value) is { } problem ? (0, $"{url}: {problem}") : (value, null);
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
