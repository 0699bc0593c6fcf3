using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Tepui.Coordination;
using Tepui.Master.Core;
using Tepui.Master.Registry;
using Tepui.Protocol.Registry;
using Tepui.Runtime.Hosting;
using Tepui.Runtime.Metrics;

namespace Tepui.Master.Tests.Registry;

public sealed class MasterRegistryTests
{
    [Fact]
    public async Task Commit_ABatch_IsOneWriteInOrder()
    {
        var store = new RecordingStore();
        var registry = Registry(store);

        await registry.CommitAsync(
        [
            new MasterEffect.Persist("roles/a/weight", new WeightEntry { Weight = 1 }),
            new MasterEffect.CloseStream(new StreamId("s")),
            new MasterEffect.Persist("roles/a/weight", null),
        ]);

        var batch = Assert.Single(store.Batches);
        Assert.Equal(["roles/a/weight", "roles/a/weight"], batch.Select(change => change.Key));
        Assert.NotNull(batch[0].Value);
        Assert.Null(batch[1].Value);
    }

    [Fact]
    public async Task Commit_WithoutEntries_WritesNothing()
    {
        var store = new RecordingStore();

        await Registry(store).CommitAsync([new MasterEffect.CloseStream(new StreamId("s"))]);

        Assert.Empty(store.Batches);
    }

    [Fact]
    public void Load_KnownKeys_GivesTheirMessages()
    {
        var store = new RecordingStore { Entries = { ["roles/a/b/weight"] = new WeightEntry { Weight = 2.5 }.ToByteArray() } };

        var entry = Assert.Single(Registry(store).Load());

        Assert.Equal(new WeightEntry { Weight = 2.5 }, entry.Value);
    }

    [Theory]
    [InlineData("agents/x", "a newer entry")]
    [InlineData("tomorrow/x", "")]
    public void Load_WhatCannotBeRead_StopsTheStartWithTheKey(string key, string content)
    {
        var store = new RecordingStore { Entries = { [key] = System.Text.Encoding.UTF8.GetBytes(content) } };

        var refused = Assert.Throws<StartupException>(() => Registry(store).Load());

        Assert.Equal(ExitCode.Corrupt, refused.ExitCode);
        Assert.Contains(key, refused.Message, StringComparison.Ordinal);
    }

    private static MasterRegistry Registry(IStore store) => new(store, new MetricRegistry(), TimeProvider.System, NullLogger.Instance);
}
