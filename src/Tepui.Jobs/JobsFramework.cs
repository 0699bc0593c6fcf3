using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Tepui.Coordination;
using Tepui.Frameworks.Hosting;
using Tepui.Frameworks.Store;
using Tepui.Jobs.Store;
using Tepui.Runtime.Hosting;
using Tepui.Runtime.Metrics;

namespace Tepui.Jobs;

/// <summary>Jobs as their host starts them.</summary>
internal sealed class JobsFramework(JobsSettings settings, JobsHostOptions options, ILogger logger) : IFramework
{
    private readonly MetricRegistry _metrics = new(options.Time);
    private EntryStore? _store;
    private IReadOnlyDictionary<string, IMessage> _entries = new Dictionary<string, IMessage>(0);

    /// <inheritdoc/>
    public void Load(IStore store)
    {
        _store = new EntryStore(store, StoreEntries.Kinds, _metrics, options.Time);
        _entries = _store.Load();
    }

    /// <inheritdoc/>
    public IFrameworkShell Build(TepuiHost http, CancellationToken stopping)
    {
        var shell = new JobsShell(settings, options, http, _entries, _store!, _metrics, logger, stopping);
        logger.Started(
            http.Uri,
            _store!.Epoch,
            _entries.Keys.Count(key => key.StartsWith("jobs/", StringComparison.Ordinal)),
            _entries.Keys.Count(key => key.StartsWith("runs/", StringComparison.Ordinal)));
        return shell;
    }
}
