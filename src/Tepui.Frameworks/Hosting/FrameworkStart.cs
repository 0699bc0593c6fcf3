using Google.Protobuf;
using Tepui.Frameworks.Store;
using Tepui.Runtime.Hosting;
using Tepui.Runtime.Metrics;

namespace Tepui.Frameworks.Hosting;

/// <summary>What the host has ready when a framework's parts are put together.</summary>
/// <param name="Http">Listens, and tells those who ask to come again.</param>
/// <param name="Identity">Where others reach the framework.</param>
/// <param name="Entries">What the store held, by key.</param>
/// <param name="Store">Takes what must last.</param>
/// <param name="Metrics">Takes what is counted and measured.</param>
/// <param name="Stopping">Ends streams.</param>
public sealed record FrameworkStart(TepuiHost Http, FrameworkIdentity Identity, IReadOnlyDictionary<string, IMessage> Entries, EntryStore Store, MetricRegistry Metrics, CancellationToken Stopping)
{
    /// <summary>How many entries the store held whose keys begin so.</summary>
    public int Count(string prefix) => Entries.Keys.Count(key => key.StartsWith(prefix, StringComparison.Ordinal));
}
