using Tepui.Web.Services;

namespace Tepui.Web.Pages.Apps;

/// <summary>Instances by health, as a bar shows them.</summary>
/// <param name="Healthy">Run and pass their checks.</param>
/// <param name="Unhealthy">Run and fail their checks.</param>
/// <param name="Unknown">Run without a result, or without checks.</param>
/// <param name="Staged">Being started.</param>
/// <param name="Missing">Wanted, and not even started.</param>
/// <param name="Surplus">More than wanted, among the others.</param>
public sealed record HealthBar(int Healthy, int Unhealthy, int Unknown, int Staged, int Missing, int Surplus)
{
    /// <summary>No instances.</summary>
    public static HealthBar Empty { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>All that the bar is divided among.</summary>
    public int Total => Healthy + Unhealthy + Unknown + Staged + Missing;

    /// <summary>The parts that are not empty.</summary>
    public IEnumerable<(string Name, string Tone, int Count)> Parts => new[]
    {
        ("healthy", "good", Healthy), ("unhealthy", "bad", Unhealthy), ("running, health unknown", "calm", Unknown), ("starting", "busy", Staged), ("not started", "none", Missing),
    }.Where(part => part.Item3 > 0);

    /// <summary>The bar in words.</summary>
    public string Title
    {
        get
        {
            var words = string.Join(", ", Parts.Select(part => $"{Show.Count(part.Count)} {part.Name}"));
            return words.Length == 0 ? "no instances" : Surplus > 0 ? $"{words}; {Show.Count(Surplus)} more than wanted" : words;
        }
    }

    /// <summary>The bar of an app.</summary>
    public static HealthBar Of(AppSummary app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return new HealthBar(
            app.Healthy,
            app.Unhealthy,
            Math.Max(0, app.Running - app.Healthy - app.Unhealthy),
            app.Staged,
            Math.Max(0, app.Instances - app.Running - app.Staged),
            Math.Max(0, app.Running + app.Staged - app.Instances));
    }

    /// <summary>Part by part.</summary>
    public static HealthBar operator +(HealthBar a, HealthBar b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new HealthBar(a.Healthy + b.Healthy, a.Unhealthy + b.Unhealthy, a.Unknown + b.Unknown, a.Staged + b.Staged, a.Missing + b.Missing, a.Surplus + b.Surplus);
    }
}
