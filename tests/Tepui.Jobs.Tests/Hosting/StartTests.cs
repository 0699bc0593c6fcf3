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
        await using var events = await EventReader.OpenAsync(jobs);

        await jobs.Host.StopAsync();

        Assert.Equal(ExitCode.Ok, await jobs.Host.Completion);
        Assert.Null(await events.NextAsync());
    }
}
