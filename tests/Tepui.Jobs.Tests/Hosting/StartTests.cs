using Google.Protobuf;
using Tepui.Coordination;
using Tepui.Coordination.Local;
using Tepui.Protocol.Jobs;
using Tepui.Runtime.Hosting;

namespace Tepui.Jobs.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public async Task Start_OnAWorkDirectoryInUse_IsRefused()
    {
        await using var jobs = await Support.Jobs.StartAsync();

        var refused = await Assert.ThrowsAsync<StartupException>(jobs.StartSecondAsync);

        Assert.Equal(ExitCode.InUse, refused.ExitCode);
        Assert.Equal(200, (await jobs.GetAsync("/ping")).Code);
    }

    [Fact]
    public async Task Start_OnADamagedStore_IsRefusedAndChangesNothing()
    {
        var directory = Directory.CreateTempSubdirectory("tepui-jobs-").FullName;
        string store;
        await using (var jobs = await Support.Jobs.StartAsync(directory: directory))
        {
            store = jobs.StoreDirectory;
        }

        var damaged = Directory.GetFiles(store).Single(path => new FileInfo(path).Length > 100 || !Path.GetFileName(path).StartsWith("LOCK", StringComparison.Ordinal));
        await File.WriteAllTextAsync(damaged, "this is no store, and it is long enough to be none");

        var refused = await Assert.ThrowsAsync<StartupException>(() => Support.Jobs.StartAsync(directory: directory));

        Assert.Equal(ExitCode.Corrupt, refused.ExitCode);
        Assert.Contains(store, refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("this is no store", await File.ReadAllTextAsync(damaged), StringComparison.Ordinal);
        await TemporaryDirectory.RemoveAsync(directory);
    }

    [Theory]
    [InlineData("jobs/nightly", "", "makes no sense")]
    [InlineData("jobs/nightly", "jobs/nightly", "cannot be read")]
    [InlineData("unheard/of", "x", "newer")]
    public async Task Start_OnAStoreWithAnEntryThatIsWrong_SaysWhichAndWhatToDo(string key, string value, string message)
    {
        var directory = Directory.CreateTempSubdirectory("tepui-jobs-").FullName;
        await using (var store = LocalStore.Open(Path.Join(directory, "store")))
        {
            // Without a text of its own: a job that can be read, with a container that is none.
            var entry = value.Length > 0
                ? System.Text.Encoding.UTF8.GetBytes(value)
                : new JobEntry { Name = "", Container = ByteString.CopyFromUtf8("{\"type\":") }.ToByteArray();
            await store.CommitAsync([new StoreChange(key, entry)]);
        }

        var refused = await Assert.ThrowsAsync<StartupException>(() => Support.Jobs.StartAsync(directory: directory));

        Assert.Equal(ExitCode.Corrupt, refused.ExitCode);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        await TemporaryDirectory.RemoveAsync(directory);
    }

    [Fact]
    public async Task Start_OnAPortInUse_IsRefused()
    {
        await using var jobs = await Support.Jobs.StartAsync();

        var refused = await Assert.ThrowsAsync<StartupException>(() => Support.Jobs.StartAsync(settings => settings with { Port = jobs.Host.Endpoint.Port }));

        Assert.Equal(ExitCode.Address, refused.ExitCode);
        Assert.Contains("jobs scheduler", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_InAWorkDirectoryThatIsAFile_IsRefused()
    {
        var file = Path.GetTempFileName();

        var refused = await Assert.ThrowsAsync<StartupException>(() => Support.Jobs.StartAsync(directory: file));

        Assert.Equal(ExitCode.Storage, refused.ExitCode);
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task Stop_WhenAsked_EndsWithExitCodeOkAndStreamsEnd()
    {
        await using var jobs = await Support.Jobs.StartAsync();
        await using var events = await jobs.EventsAsync();

        await jobs.Host.StopAsync();

        Assert.Equal(ExitCode.Ok, await jobs.Host.Completion);
        Assert.Null(await events.NextAsync());
    }
}
