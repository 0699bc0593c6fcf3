using System.Diagnostics;
using System.Globalization;
using Tepui.Coordination;
using Tepui.Coordination.Local;
using Tepui.LoadTest.Measuring;

namespace Tepui.LoadTest.Rows;

/// <summary>What a component waits for its store, compactions included.</summary>
internal sealed class StoreRow() : Row("store", "A durable store of 100,000 entries of 400 bytes, in this process: --tasks (4,000) commits one after the other, 75 entries set in each, enough for at least one compaction.")
{
    private const int Entries = 100_000;
    private const int CommitsDefault = 4000;
    private const int ChangesPerCommit = 75;
    private const int ValueBytes = 400;

    /// <inheritdoc/>
    public override async Task RunAsync(RowSettings settings, CancellationToken cancel)
    {
        var (middle, late, longest) = (new List<double>(), new List<double>(), new List<double>());
        for (var run = 0; run < settings.Runs; run++)
        {
            var home = Path.Join(settings.Data, $"tepui-load-{Guid.NewGuid():N}");
            try
            {
                var took = new Series(await CommitAsync(home, settings.Tasks ?? CommitsDefault, cancel));
                middle.Add(took.Percentile(0.5));
                late.Add(took.Percentile(0.99));
                longest.Add(took.Max);
            }
            finally
            {
                Directory.Delete(home, recursive: true);
            }
        }

        Report.Print("commit to a store of 40 MB, p50", "ms", middle, "-");
        Report.Print("commit to a store of 40 MB, p99", "ms", late, "-");
        Report.Print("commit to a store of 40 MB, longest, compactions included", "ms", longest, "-");
    }

    /// <summary>Fills a store, commits to it, and gives how long each commit took, in milliseconds.</summary>
    private static async Task<List<double>> CommitAsync(string home, int commits, CancellationToken cancel)
    {
        var took = new List<double>(commits);
        var last = new Dictionary<string, byte>(StringComparer.Ordinal);
        var random = new Random(1);
        await using (var store = LocalStore.Open(home))
        {
            await FillAsync(store, cancel);
            for (var commit = 0; commit < commits; commit++)
            {
                var batch = Enumerable.Range(0, ChangesPerCommit).Select(_ => Entry(random.Next(Entries), (byte)commit)).ToList();
                var began = Stopwatch.GetTimestamp();
                await store.CommitAsync(batch, cancel);
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                batch.ForEach(change => last[change.Key] = (byte)commit);
            }

            if (store.Compactions == 0)
            {
                throw new LoadTestException($"{commits} commits were too few for a compaction");
            }
        }

        await using var again = LocalStore.Open(home);
        var found = again.Load();
        return found.Count == Entries && last.All(change => found[change.Key].Span[0] == change.Value)
            ? took
            : throw new LoadTestException("What was committed is not there after the next opening");
    }

    private static async Task FillAsync(LocalStore store, CancellationToken cancel)
    {
        foreach (var numbers in Enumerable.Range(0, Entries).Chunk(1000))
        {
            await store.CommitAsync([.. numbers.Select(number => Entry(number, 0))], cancel);
        }
    }

    private static StoreChange Entry(int number, byte first)
    {
        var value = new byte[ValueBytes];
        value[0] = first;
        return new StoreChange(string.Create(CultureInfo.InvariantCulture, $"jobs/load-{number:d6}"), value);
    }
}
