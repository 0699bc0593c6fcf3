using System.Diagnostics;
using Tepui.Coordination.Local;

namespace Tepui.Coordination.Tests.Local;

public sealed class DiskStoreFilesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("tepui-store-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Store_OnARealDisk_SurvivesReopening(bool durable)
    {
        var options = new LocalStoreOptions { Durable = durable, CompactFrom = 1000 };
        await using (var store = LocalStore.Open(_directory, options))
        {
            for (var i = 0; i < 100; i++)
            {
                await store.CommitAsync([new StoreChange($"key{i % 7}", [(byte)i])]);
            }
        }

        await using var again = LocalStore.Open(_directory, options);

        Assert.Equal(2UL, again.Epoch);
        Assert.Equal(7, again.Load().Count);
        Assert.Equal([99], again.Load()["key1"].ToArray());
    }

    [Fact]
    public async Task Open_Twice_IsRefusedNamingTheHolder()
    {
        await using var store = LocalStore.Open(_directory);

        var e = Assert.Throws<StoreLockedException>(() => LocalStore.Open(_directory));

        Assert.Equal(Environment.ProcessId, e.Holder);
        Assert.Contains(_directory, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AfterDispose_TheLockIsFree()
    {
        await LocalStore.Open(_directory).DisposeAsync();

        await using var again = LocalStore.Open(_directory);

        Assert.Equal(2UL, again.Epoch);
    }

    [Fact]
    public async Task Open_FileOfSomethingElse_IsRefusedNamingIt()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "log-000000000001"), "this is not a log, it is a letter to a friend");

        var e = Assert.Throws<StoreCorruptException>(() => LocalStore.Open(_directory));

        Assert.Contains("log-000000000001", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, e.Offset);
    }

    [Fact]
    public async Task Open_LeftoversOfACompaction_AreRemoved()
    {
        await LocalStore.Open(_directory).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(_directory, "log-000000000002.tmp"), "half a file");

        await using var store = LocalStore.Open(_directory);

        Assert.Equal(["LOCK", "LOCK.pid", "log-000000000001"], Directory.EnumerateFiles(_directory).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Commit_OnARealDisk_IsThereForAnotherProcessAtOnce()
    {
        await using var store = LocalStore.Open(_directory, new LocalStoreOptions { Durable = false });
        await store.CommitAsync([new StoreChange("needle-in-the-log", [1])]);

        using var grep = Process.Start(new ProcessStartInfo("grep") { ArgumentList = { "-c", "needle-in-the-log", Path.Combine(_directory, "log-000000000001") }, RedirectStandardOutput = true, UseShellExecute = false })!;
        await grep.WaitForExitAsync();

        Assert.Equal(0, grep.ExitCode);
    }
}
