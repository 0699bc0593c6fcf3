using System.Globalization;
using System.Text;
using Tepui.Coordination.Local;

namespace Tepui.Coordination.Tests.Local;

/// <summary>Compactions that take many commits. The stores here hold far more than a commit changes, so that a piece is a small part of them.</summary>
public sealed class CompactionTests
{
    private const int Keys = 200;

    private static readonly LocalStoreOptions s_small = new() { CompactFrom = 400, CompactPiece = 1, CompactFactor = 1.3 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_CrashAtEveryStepOfACompaction_LosesNothingAcknowledgedAndInventsNothing(bool powerLoss)
    {
        for (var failAt = 1; ; failAt++)
        {
            foreach (var partial in (double[])[0, 0.5, 1])
            {
                var files = new CrashingFiles { FailAt = failAt, Partial = partial };
                var run = new Run(files, seed: 1);
                if (await run.CommitAsync(130))
                {
                    Assert.True(run.Compactions > 1 && run.DuringCompactions > 10, $"{run.Compactions} compactions, {run.DuringCompactions} commits during them");
                    return;
                }

                var left = powerLoss ? files.AfterPowerLoss() : files.AfterKill();
                await using var store = LocalStore.Open(left, s_small);
                Assert.True(Same(store, run.Acknowledged) || Same(store, run.Attempted), $"step {failAt}, {partial}: {store.Load().Count} entries");
                Assert.Single(left.List());
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Commit_AnyChangesDuringCompactions_AreThereAfterACrashAtOnce(int seed)
    {
        var files = new CrashingFiles();
        var run = new Run(files, seed);
        Assert.True(await run.CommitAsync(200, async () =>
        {
            foreach (var left in (CrashingFiles[])[files.AfterKill(), files.AfterPowerLoss()])
            {
                await using var store = LocalStore.Open(left, s_small);
                Assert.True(Same(store, run.Acknowledged));
            }
        }));

        Assert.True(run.Compactions > 3 && run.DuringCompactions > 60, $"{run.Compactions} compactions, {run.DuringCompactions} commits during them");
    }

    [Fact]
    public async Task Commit_DuringCompactions_KeepsFilesBounded()
    {
        var files = new CrashingFiles();
        await using var store = await FilledAsync(files);
        for (var i = 0; i < 1000; i++)
        {
            await store.CommitAsync([Put($"key{i % Keys:d3}", i)]);

            Assert.InRange(store.LogBytes, 1, (store.LiveBytes * 2) + 400);
            Assert.InRange(files.Unfinished?.Content.Length ?? 0, 0, (store.LiveBytes * 1.5) + 400);
        }

        Assert.True(store.Compactions > 5, $"{store.Compactions} compactions");
    }

    [Fact]
    public async Task Commit_DuringACompaction_WritesAPieceOfItAndNoMore()
    {
        var files = new CrashingFiles();
        await using var store = await FilledAsync(files);
        var pieces = new List<int>();
        for (var (i, before) = (0, 0); store.Compactions == 0; i++)
        {
            await store.CommitAsync([Put($"key{i % Keys:d3}", i)]);
            var now = files.Unfinished?.Content.Length ?? before;
            pieces.Add(now - before);
            before = now;
        }

        Assert.InRange(pieces.Max(), 100, 1000);
        Assert.True(pieces.Count(piece => piece > 0) >= 8, $"{pieces.Count(piece => piece > 0)} pieces");
    }

    [Fact]
    public async Task Commit_NoRoomHalfWayThroughACompaction_GivesItUpAndTriesAgainMuchLater()
    {
        var files = new CrashingFiles();
        await using var store = await FilledAsync(files);
        var next = await UntilAsync(store, 0, () => files.Unfinished is not null);
        files.Unfinished!.Room = files.Unfinished.Content.Length + 50;
        next = await UntilAsync(store, next, () => files.Unfinished is null);
        var givenUpAt = store.LogBytes;

        Assert.Equal(0, store.Compactions);
        next = await UntilAsync(store, next, () => files.Unfinished is not null);
        Assert.InRange(store.LogBytes, givenUpAt * 2, (givenUpAt * 2) + 200);
        await UntilAsync(store, next, () => store.Compactions == 1);

        var left = files.AfterPowerLoss();
        await using var again = LocalStore.Open(left);
        Assert.True(Same(again, store.Load().ToDictionary(e => e.Key, e => e.Value.ToArray())));
    }

    [Fact]
    public async Task Commit_OldLogReadBackWrongDuringACompaction_GivesItUpAndCarriesNoDamageOn()
    {
        var files = new CrashingFiles();
        await using var store = await FilledAsync(files);
        var next = await UntilAsync(store, 0, () => files.Unfinished is not null);
        next = await UntilAsync(store, next, () => store.LogBytes > 0, atLeast: 1);
        var old = files["log-000000000001"];
        old.Content[^5] ^= 1;

        next = await UntilAsync(store, next, () => files.Unfinished is null);
        Assert.Equal(0, store.Compactions);
        await UntilAsync(store, next, () => store.Compactions == 1);

        await using var again = LocalStore.Open(files.AfterPowerLoss());
        Assert.True(Same(again, store.Load().ToDictionary(e => e.Key, e => e.Value.ToArray())));
    }

    [Fact]
    public async Task Dispose_DuringACompaction_LeavesNothingOfIt()
    {
        var files = new CrashingFiles();
        var store = await FilledAsync(files);
        await UntilAsync(store, 0, () => files.Unfinished is not null);

        await store.DisposeAsync();

        Assert.Equal(["log-000000000001"], files.List());
        await using var again = LocalStore.Open(files);
        Assert.Equal(Keys, again.Load().Count);
    }

    [Fact]
    public async Task Open_CompactedFileCutAnywhere_IsRefusedWithinItsEntriesAndKeepsWholeRecordsAfterThem()
    {
        var bytes = await CompactedAsync();
        var counts = new List<int>();
        for (var length = 0; length <= bytes.Length; length++)
        {
            var files = new CrashingFiles();
            files.Put("log-000000000002", bytes[..length]);
            try
            {
                await using var store = LocalStore.Open(files);
                counts.Add(store.Load().Count);
            }
            catch (StoreCorruptException)
            {
                Assert.Empty(counts);
            }
        }

        Assert.Equal(Keys, counts[^1]);
        Assert.True(counts.Count < bytes.Length / 2);
    }

    [Fact]
    public async Task Open_AnyBitOfACompactedFileFlipped_IsRefused()
    {
        var bytes = await CompactedAsync();
        for (var at = 0; at < bytes.Length; at++)
        {
            var files = new CrashingFiles();
            var damaged = bytes.ToArray();
            damaged[at] ^= (byte)(1 << (at % 8));
            files.Put("log-000000000002", damaged);

            Assert.Throws<StoreCorruptException>(() => LocalStore.Open(files));
        }
    }

    private static async Task<byte[]> CompactedAsync()
    {
        var files = new CrashingFiles();
        await using var store = await FilledAsync(files);
        await UntilAsync(store, 0, () => store.Compactions == 1);
        return files["log-000000000002"].Content;
    }

    /// <summary>A store full of entries, committed at once.</summary>
    private static async Task<LocalStore> FilledAsync(CrashingFiles files)
    {
        var store = LocalStore.Open(files, s_small);
        await store.CommitAsync([.. Enumerable.Range(0, Keys).Select(i => Put($"key{i:d3}", i))]);
        return store;
    }

    private static async Task<int> UntilAsync(LocalStore store, int next, Func<bool> reached, int atLeast = 0)
    {
        for (var first = next; next < first + atLeast || !reached(); next++)
        {
            Assert.True(next < first + 2000, "not within 2,000 commits");
            await store.CommitAsync([Put($"key{next * 7 % Keys:d3}", next)]);
        }

        return next;
    }

    private static StoreChange Put(string key, int number) => new(key, Value(number));

    private static byte[] Value(int number) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"a value that takes some room, number {number:d6}"));

    private static bool Same(LocalStore store, Dictionary<string, byte[]> expected) => Same(store.Load().ToDictionary(e => e.Key, e => e.Value.ToArray()), expected);

    private static bool Same(Dictionary<string, byte[]> a, Dictionary<string, byte[]> b) =>
        a.Count == b.Count && a.All(e => b.TryGetValue(e.Key, out var value) && value.AsSpan().SequenceEqual(e.Value));

    /// <summary>Commits that set, remove and add entries anywhere among the keys, with a model of what should be there.</summary>
    private sealed class Run(CrashingFiles files, int seed)
    {
        private readonly Random _random = new(seed);

        public Dictionary<string, byte[]> Acknowledged { get; private set; } = new(StringComparer.Ordinal);

        public Dictionary<string, byte[]> Attempted { get; } = new(StringComparer.Ordinal);

        public long Compactions { get; private set; }

        public int DuringCompactions { get; private set; }

        /// <summary>Commits until a step fails; tells whether none did.</summary>
        public async Task<bool> CommitAsync(int times, Func<Task>? afterEach = null)
        {
            try
            {
                await using var store = LocalStore.Open(files, s_small);
                await CommitAsync(store, [.. Enumerable.Range(0, Keys).Select(i => Put($"key{i:d3}", i))]);
                for (var i = 0; i < times; i++)
                {
                    await CommitAsync(store, [Change(i), Change(i)]);
                    DuringCompactions += files.Unfinished is null ? 0 : 1;
                    await (afterEach?.Invoke() ?? Task.CompletedTask);
                }

                Compactions = store.Compactions;
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }

        private StoreChange Change(int number)
        {
            var key = $"key{_random.Next(Keys + 20):d3}";
            return _random.Next(4) == 0 ? new StoreChange(key, null) : Put(key, number);
        }

        private async Task CommitAsync(LocalStore store, StoreChange[] batch)
        {
            foreach (var (key, value) in batch)
            {
                Attempted.Remove(key);
                if (value is not null)
                {
                    Attempted[key] = value;
                }
            }

            await store.CommitAsync(batch);
            Acknowledged = new(Attempted, StringComparer.Ordinal);
        }
    }
}
