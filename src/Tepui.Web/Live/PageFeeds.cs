using Tepui.Web.Cluster;
using Tepui.Web.Feeds;
using Tepui.Web.Jobs;
using Tepui.Web.Layout;
using Tepui.Web.Pages;
using Tepui.Web.Services;

namespace Tepui.Web.Live;

/// <summary>What feeds a page.</summary>
/// <param name="Beat">Shortest time between two looks at it.</param>
/// <param name="Version">Counts its changes.</param>
/// <param name="Problem">Why it cannot be read now; null when it can.</param>
/// <param name="WatchAsync">Says that someone watches, until the result is disposed.</param>
internal sealed record PageFeed(TimeSpan Beat, Func<long> Version, Func<string?> Problem, Func<TimeSpan, CancellationToken, Task<IDisposable>> WatchAsync);

/// <summary>Finds what feeds a page: the master, the services or the jobs scheduler.</summary>
internal sealed class PageFeeds(ClusterFeed cluster, ServicesFeed services, JobsFeed jobs)
{
    // For figures of the cluster twice a second is quick enough to the eye.
    private static readonly TimeSpan ClusterBeat = TimeSpan.FromMilliseconds(500);

    private readonly PageFeed _cluster = new(ClusterBeat, () => cluster.Model.Version, () => cluster.Problem, cluster.WatchAsync);
    private readonly PageFeed _services = Of(services);
    private readonly PageFeed _jobs = Of(jobs);

    /// <summary>Whose state the page at an address shows.</summary>
    public static PageSource SourceOf(string address) =>
        Links.FirstPart(address) is var first && ServicesPages.Owns(first) ? PageSource.Services : JobsPages.Owns(first) ? PageSource.Jobs : PageSource.Cluster;

    /// <summary>The feed of a kind of page.</summary>
    public PageFeed this[PageSource source] => source switch
    {
        PageSource.Services => _services,
        PageSource.Jobs => _jobs,
        _ => _cluster,
    };

    private static PageFeed Of<T>(RestFeed<T> feed)
        where T : class => new(RestFeed<T>.Beat, () => feed.Version, () => feed.Problem, feed.WatchAsync);
}
