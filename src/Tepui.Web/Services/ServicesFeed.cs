using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tepui.Web.Feeds;

namespace Tepui.Web.Services;

/// <summary>What the services tell, kept up to date while someone watches.</summary>
public sealed class ServicesFeed(ServicesClient client, TimeProvider time, ILogger<ServicesFeed> logger) : RestFeed<ServicesSnapshot>(ServicesSnapshot.Empty, time)
{
    private readonly ServicesReader _reader = new(client);

    /// <inheritdoc/>
    protected override bool IsConfigured => client.IsConfigured;

    /// <inheritdoc/>
    protected override int NamesMax => 16;

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<Change> ChangesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var change in client.SubscribeAsync(cancel))
        {
            yield return change.Meaning;
        }
    }

    /// <inheritdoc/>
    protected override Task<ServicesSnapshot> ReadAsync(ServicesSnapshot known, Due due, CancellationToken cancel) => _reader.ReadAsync(known, due, cancel);

    /// <inheritdoc/>
    protected override Task<JsonElement?> FetchAsync(string path, CancellationToken cancel) => client.FindAsync(path, cancel);

    /// <inheritdoc/>
    protected override ServicesSnapshot Reconnected(ServicesSnapshot known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return known with { FrameworkId = null };
    }

    /// <inheritdoc/>
    protected override void LogUnread(string problem) => logger.ServicesUnread(problem);
}
