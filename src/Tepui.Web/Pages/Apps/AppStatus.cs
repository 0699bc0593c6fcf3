using Tepui.Web.Services;

namespace Tepui.Web.Pages.Apps;

/// <summary>What an app is doing, in one word. Later values matter more when several apps are seen as one.</summary>
public enum AppStatus
{
    /// <summary>Wants no instance and has none.</summary>
    Suspended,

    /// <summary>Has what it wants, or is left alone.</summary>
    Running,

    /// <summary>A deployment changes it.</summary>
    Deploying,

    /// <summary>Instances find no place.</summary>
    Waiting,

    /// <summary>Instances are held back after failures.</summary>
    Delayed,
}

/// <summary>The rules of <see cref="AppStatus"/>.</summary>
public static class AppStatuses
{
    // Until then an instance that waits is just being placed.
    private static readonly TimeSpan PlacingTime = TimeSpan.FromSeconds(5);

    /// <summary>All of them, as lists of choices show them.</summary>
    public static IReadOnlyList<AppStatus> All { get; } = [AppStatus.Running, AppStatus.Deploying, AppStatus.Suspended, AppStatus.Delayed, AppStatus.Waiting];

    /// <summary>The status of an app.</summary>
    /// <param name="app">The app.</param>
    /// <param name="queue">What of it waits to be launched, if anything.</param>
    /// <param name="now">The time.</param>
    public static AppStatus Of(AppSummary app, QueueEntry? queue, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(app);
        return queue switch
        {
            { Count: > 0, IsDelayed: true } => AppStatus.Delayed,
            { Count: > 0 } when queue.Since is null || now - queue.Since > PlacingTime => AppStatus.Waiting,
            _ when app.Deployments.Count > 0 => AppStatus.Deploying,
            _ when app is { Instances: 0, Running: 0, Staged: 0 } => AppStatus.Suspended,
            _ => AppStatus.Running,
        };
    }

    /// <summary>How to colour it.</summary>
    public static string Tone(AppStatus status) => status switch
    {
        AppStatus.Running => "good",
        AppStatus.Deploying or AppStatus.Waiting => "busy",
        AppStatus.Delayed => "bad",
        _ => "muted",
    };
}
