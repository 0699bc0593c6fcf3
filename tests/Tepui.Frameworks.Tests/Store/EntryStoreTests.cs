using Tepui.Coordination;
using Tepui.Frameworks.Store;
using Tepui.Protocol.Services;
using Tepui.Runtime.Hosting;
using Tepui.Runtime.Metrics;

namespace Tepui.Frameworks.Tests.Store;

public sealed class EntryStoreTests
{
    private static readonly EntryKinds s_kinds = new(("framework", FrameworkEntry.Parser), ("callbacks/", CallbackEntry.Parser));

    [Fact]
    public async Task Commit_OfSeveralChangesOfAnEntry_WritesTheLastOfEachInOneBatch()
    {
        var fake = new FakeStore();
        var store = new EntryStore(fake, s_kinds, new MetricRegistry(), TimeProvider.System);

        await store.CommitAsync(
        [
            ("framework", new FrameworkEntry { FrameworkId = "one" }),
            ("callbacks/x", new CallbackEntry { Url = "x" }),
            ("framework", new FrameworkEntry { FrameworkId = "two" }),
            ("callbacks/x", null),
        ]);

        var batch = Assert.Single(fake.Batches);
        Assert.Equal(["framework", "callbacks/x"], batch.Select(change => change.Key));
        Assert.Equal("two", FrameworkEntry.Parser.ParseFrom(batch[0].Value).FrameworkId);
        Assert.Null(batch[1].Value);
    }

    [Fact]
    public async Task Commit_OfNothing_WritesNothing()
    {
        var fake = new FakeStore();
        var store = new EntryStore(fake, s_kinds, new MetricRegistry(), TimeProvider.System);

        await store.CommitAsync([]);

        Assert.Empty(fake.Batches);
    }

    [Theory]
    [InlineData("unheard/of", new byte[0], "newer")]
    [InlineData("framework", new byte[] { 1, 2, 3 }, "cannot be read")]
    public void Load_OfWhatIsNotUnderstood_StopsTheStart(string key, byte[] value, string message)
    {
        var fake = new FakeStore();
        fake.Entries[key] = value;

        var refused = Assert.Throws<StartupException>(() => new EntryStore(fake, s_kinds, new MetricRegistry(), TimeProvider.System).Load());

        Assert.Equal(ExitCode.Corrupt, refused.ExitCode);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    private sealed class FakeStore : IStore
    {
        public ulong Epoch => 1;

        public Dictionary<string, ReadOnlyMemory<byte>> Entries { get; } = new(StringComparer.Ordinal);

        public List<IReadOnlyList<StoreChange>> Batches { get; } = [];

        public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Load() => Entries;

        public ValueTask CommitAsync(IReadOnlyList<StoreChange> batch, CancellationToken cancel = default)
        {
            Batches.Add([.. batch]);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
