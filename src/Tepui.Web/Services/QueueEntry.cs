using System.Text.Json;
using Tepui.Web.Feeds;

namespace Tepui.Web.Services;

/// <summary>Instances of an app that wait to be launched.</summary>
/// <param name="App">The app or pod.</param>
/// <param name="Count">How many wait.</param>
/// <param name="TimeLeft">How long they are held back after failures; zero when they only wait for offers.</param>
/// <param name="Since">Since when.</param>
public sealed record QueueEntry(string App, int Count, TimeSpan TimeLeft, DateTimeOffset? Since)
{
    /// <summary>Whether they are held back after failures.</summary>
    public bool IsDelayed => TimeLeft > TimeSpan.Zero;

    /// <summary>Reads an item of <c>/v2/queue</c>.</summary>
    public static QueueEntry From(JsonElement item)
    {
        var delay = item.Object("delay") ?? default;
        var seconds = delay.Flag("overdue") ? 0 : Math.Clamp(delay.Number("timeLeftSeconds"), 0, 1e9);
        return new QueueEntry(
            (item.Object("app") ?? item.Object("pod") ?? default).Text("id") ?? "",
            item.Int("count"),
            TimeSpan.FromSeconds(seconds),
            item.Moment("since"));
    }
}
