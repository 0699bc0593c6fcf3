using System.Text;
using Tepui.Coordination.Local;

namespace Tepui.Coordination.Tests.Local;

public sealed class LocalStoreTests
{
    private const string LogName = "log-000000000001";

    private static StoreChange Put(string key, string value) => new(key, Encoding.UTF8.GetBytes(value));

    private static Dictionary<string, string> Content(LocalStore store) =>
        store.Load().ToDictionary(e => e.Key, e => Encoding.UTF8.GetString(e.Value.Span), StringComparer.Ordinal);

    [Fact]
    public async Task Commit_ThenReopen_EntriesAreThereAndEpochIsHigher()
    {
        var files = new CrashingFiles();
        await using (var store = LocalStore.Open(files))
        {
            Assert.Equal(1UL, store.Epoch);
            await store.CommitAsync([Put("a", "1"), Put("b", "2")]);
            await store.CommitAsync([Put("a", "3"), new StoreChange("b", null), Put("c", "")]);
        }

        await using var again = LocalStore.Open(files);

        Assert.Equal(2UL, again.Epoch);
        Assert.Equal(new Dictionary<string, string> { ["a"] = "3", ["c"] = "" }, Content(again));
        Assert.Equal(0, again.TornBytes);
    }

    [Fact]
    public async Task Open_EveryTruncationPoint_KeepsAPrefixOfWholeBatches()
    {
        var (bytes, ends) = await SmallLogAsync();
        for (var length = ends[0]; length < bytes.Length; length++)
        {
            var files = new CrashingFiles();
            files.Put(LogName, bytes[..length]);
            await using var store = LocalStore.Open(files);

            var whole = ends.Count(e => e <= length) - 1;
            Assert.Equal(ExpectedAfter(whole), Content(store));
            Assert.Equal(length - ends[whole], store.TornBytes);
        }
    }

    [Fact]
    public async Task Open_TruncatedWithinItsFirstSnapshot_IsRefused()
    {
        var (bytes, ends) = await SmallLogAsync();
        for (var length = 0; length < LogFormatSnapshotEnd(bytes); length++)
        {
            var files = new CrashingFiles();
            files.Put(LogName, bytes[..length]);

            var e = Assert.Throws<StoreCorruptException>(() => LocalStore.Open(files));
            Assert.Contains(LogName, e.Message, StringComparison.Ordinal);
        }

        Assert.True(ends[0] > 0);
    }

    [Fact]
    public async Task Open_AnyBitFlipped_NeverLosesAnEntrySilently()
    {
        var (bytes, _) = await SmallLogAsync();
        for (var at = 0; at < bytes.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var files = new CrashingFiles();
                var damaged = bytes.ToArray();
                damaged[at] ^= (byte)(1 << bit);
                files.Put(LogName, damaged);

                var e = Assert.Throws<StoreCorruptException>(() => LocalStore.Open(files));
                Assert.InRange(e.Offset, 0, at);
                Assert.Equal(damaged, files[LogName].Content);
            }
        }
    }

    [Fact]
    public async Task Open_TailOfZeros_IsTakenForATornWrite()
    {
        var (bytes, ends) = await SmallLogAsync();
        var files = new CrashingFiles();
        files.Put(LogName, [.. bytes, .. new byte[1000]]);

        await using var store = LocalStore.Open(files);

        Assert.Equal(1000, store.TornBytes);
        Assert.Equal(ExpectedAfter(ends.Count - 1), Content(store));
    }

    [Fact]
    public async Task Open_LargeLastRecordWithASectorNeverWritten_IsTakenForATornWrite()
    {
        var files = new CrashingFiles();
        await using (var store = LocalStore.Open(files))
        {
            await store.CommitAsync([Put("kept", "1")]);
            await store.CommitAsync([new StoreChange("lost", Enumerable.Repeat((byte)7, 4000).ToArray())]);
        }

        var bytes = files[LogName].Content.ToArray();
        Array.Clear(bytes, 1024, 512);
        files.Put(LogName, bytes);
        await using var again = LocalStore.Open(files);

        Assert.Equal(new Dictionary<string, string> { ["kept"] = "1" }, Content(again));
        Assert.True(again.TornBytes > 4000);
    }

    [Fact]
    public async Task Open_RecordMissingInTheMiddle_IsRefused()
    {
        var (bytes, ends) = await SmallLogAsync();
        var files = new CrashingFiles();
        files.Put(LogName, [.. bytes[..ends[1]], .. bytes[ends[2]..]]);

        var e = Assert.Throws<StoreCorruptException>(() => LocalStore.Open(files));

        Assert.Equal(ends[1], e.Offset);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_CrashAtEveryStepWithCompactions_LosesNothingAcknowledgedAndInventsNothing(bool powerLoss)
    {
        var options = new LocalStoreOptions { CompactFrom = 400 };
        for (var failAt = 1; ; failAt++)
        {
            foreach (var partial in (double[])[0, 0.5, 1])
            {
                var files = new CrashingFiles { FailAt = failAt, Partial = partial };
                var (acknowledged, attempted) = await RunUntilFailureAsync(files, options);
                if (attempted is null)
                {
                    Assert.True(failAt > 60, $"only {failAt} steps were taken");
                    return;
                }

                var left = powerLoss ? files.AfterPowerLoss() : files.AfterKill();
                await using var store = LocalStore.Open(left, options);
                var content = Content(store);
                Assert.True(Same(content, acknowledged) || Same(content, attempted), $"step {failAt}, {partial}: {string.Join(' ', content)}");

                await store.CommitAsync([Put("after", "crash")]);
                await store.DisposeAsync();
                await using var again = LocalStore.Open(left, options);
                Assert.Equal("crash", Content(again)["after"]);
                Assert.True(again.Epoch > store.Epoch);
            }
        }
    }

    [Fact]
    public async Task Commit_DiskFull_IsRefusedFromThenOnAndNothingIsLost()
    {
        var files = new CrashingFiles();
        var store = LocalStore.Open(files);
        await store.CommitAsync([Put("a", "1")]);
        files.Room = store.LogBytes + 10;

        var e = await Assert.ThrowsAsync<StoreFailedException>(() => store.CommitAsync([Put("b", "2")]).AsTask());
        files.Room = long.MaxValue;
        await Assert.ThrowsAsync<StoreFailedException>(() => store.CommitAsync([Put("c", "3")]).AsTask());
        await store.DisposeAsync();

        Assert.Contains("No space left", e.Message, StringComparison.Ordinal);
        await using var again = LocalStore.Open(files.AfterKill());
        Assert.Equal(new Dictionary<string, string> { ["a"] = "1" }, Content(again));
    }

    [Fact]
    public async Task Commit_NoRoomToCompact_GoesOnWithTheOldFile()
    {
        var files = new CrashingFiles();
        await using var store = LocalStore.Open(files, new LocalStoreOptions { CompactFrom = 400, Durable = false });
        for (var i = 0; i < 8; i++)
        {
            await store.CommitAsync([new StoreChange($"k{i}", new byte[40])]);
        }

        files.Room = store.LogBytes + 200;
        await store.CommitAsync([Put("k0", "small")]);

        Assert.Equal("small", Content(store)["k0"]);
    }

    [Fact]
    public async Task Commit_MuchHistory_IsCompacted()
    {
        var files = new CrashingFiles();
        await using var store = LocalStore.Open(files, new LocalStoreOptions { CompactFrom = 2000 });
        for (var i = 0; i < 1000; i++)
        {
            await store.CommitAsync([Put($"key{i % 10}", $"value {i}")]);
        }

        Assert.True(store.LogBytes < 2500, $"the log has {store.LogBytes} bytes");
        Assert.Single(files.List());
        Assert.Equal("value 999", Content(store)["key9"]);
        Assert.Equal(10, Content(store).Count);
    }

    [Fact]
    public async Task Commit_ManyAtOnce_ShareSyncsAndKeepTheirOrder()
    {
        var files = new CrashingFiles();
        await using var store = LocalStore.Open(files);
        var before = files.Steps;

        var commits = Enumerable.Range(0, 500).Select(i => store.CommitAsync([Put("last", $"{i}"), Put($"k{i}", "x")]).AsTask()).ToList();
        await Task.WhenAll(commits);

        Assert.Equal("499", Content(store)["last"]);
        Assert.Equal(501, Content(store).Count);
        Assert.True(files.Steps - before <= 1000, $"{files.Steps - before} steps");
    }

    [Fact]
    public async Task Commit_KeyTooLong_IsRefusedAndTheStoreGoesOn()
    {
        await using var store = LocalStore.Open(new CrashingFiles());

        await Assert.ThrowsAsync<ArgumentException>(async () => await store.CommitAsync([Put(new string('k', 5000), "1")]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.CommitAsync([Put("", "1")]));
        await store.CommitAsync([Put("a", "1")]);

        Assert.Single(Content(store));
    }

    [Fact]
    public async Task Dispose_Twice_IsHarmlessAndLaterCommitsFail()
    {
        var store = LocalStore.Open(new CrashingFiles());
        await store.DisposeAsync();
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.CommitAsync([Put("a", "1")]));
    }

    /// <summary>A log of three batches, and where each record after the first snapshot ends (the epoch's first).</summary>
    private static async Task<(byte[] Bytes, List<int> Ends)> SmallLogAsync()
    {
        var files = new CrashingFiles();
        await using var store = LocalStore.Open(files);
        var ends = new List<int> { (int)store.LogBytes };
        for (var i = 1; i <= 3; i++)
        {
            await store.CommitAsync([Put("n", $"{i}"), Put($"key{i}", $"value {i}")]);
            ends.Add((int)store.LogBytes);
        }

        return ([.. files[LogName].Content], ends);
    }

    private static int LogFormatSnapshotEnd(byte[] bytes) => 24 + 20 + bytes[24];

    private static Dictionary<string, string> ExpectedAfter(int batches)
    {
        var expected = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i <= batches; i++)
        {
            expected["n"] = $"{i}";
            expected[$"key{i}"] = $"value {i}";
        }

        return expected;
    }

    /// <summary>Commits until a step fails.</summary>
    /// <returns>What was acknowledged, and what the last commit would have made of it; <see langword="null"/> when nothing failed.</returns>
    private static async Task<(Dictionary<string, string> Acknowledged, Dictionary<string, string>? Attempted)> RunUntilFailureAsync(CrashingFiles files, LocalStoreOptions options)
    {
        var acknowledged = new Dictionary<string, string>(StringComparer.Ordinal);
        var attempted = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            await using var store = LocalStore.Open(files, options);
            for (var i = 0; i < 40; i++)
            {
                attempted[$"key{i % 4}"] = $"a value that takes some room, number {i}";
                await store.CommitAsync([Put($"key{i % 4}", attempted[$"key{i % 4}"])]);
                acknowledged = new Dictionary<string, string>(attempted, StringComparer.Ordinal);
            }

            return (acknowledged, null);
        }
        catch (IOException)
        {
            return (acknowledged, attempted);
        }
    }

    private static bool Same(Dictionary<string, string> a, Dictionary<string, string> b) =>
        a.Count == b.Count && a.All(e => b.TryGetValue(e.Key, out var value) && value == e.Value);
}
