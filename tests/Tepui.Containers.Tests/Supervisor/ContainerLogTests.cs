using Tepui.Containers.Supervisor;
using Tepui.Protocol.Supervisor;

namespace Tepui.Containers.Tests.Supervisor;

public sealed class ContainerLogTests : IDisposable
{
    private static readonly string[] Ids = ["a", "b", "c"];

    private readonly string _directory = Directory.CreateTempSubdirectory("tepui-log-").FullName;

    private string LogPath => Path.Combine(_directory, "containers.log");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Log_TornAtAnyByte_GivesTheWholeEntriesBeforeTheTear()
    {
        using (var log = ContainerLog.Create(LogPath, [Ended("a", 1)]))
        {
            log.Add(Ended("b", 2));
            log.Add(Ended("c", 3));
            log.Write();
        }

        var whole = File.ReadAllBytes(LogPath);
        var last = 0;
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(LogPath, whole[..length]);
            var read = ContainerLog.Read(LogPath);
            Assert.InRange(read.Count, last, last + 1);
            last = read.Count;
            Assert.Equal(Ids.Take(last), read.Select(static r => r.Ended.Id));
        }

        Assert.Equal(3, last);
    }

    [Fact]
    public void Log_WithAnyByteChanged_LosesThatEntryOnly()
    {
        ContainerLog.Create(LogPath, [Ended("a", 1), Ended("b", 2), Ended("c", 3)]).Dispose();
        var whole = File.ReadAllBytes(LogPath);
        for (var at = 0; at < whole.Length; at++)
        {
            var bytes = whole.ToArray();
            bytes[at] ^= 1;
            File.WriteAllBytes(LogPath, bytes);

            var lost = Ids[at * Ids.Length / whole.Length];
            Assert.Equal(Ids.Except([lost]), ContainerLog.Read(LogPath).Select(static r => r.Ended.Id));
        }
    }

    [Fact]
    public void Table_ReplayedFromAnotherBoot_HasOnlyEndedContainers()
    {
        var table = new ContainerTable();
        List<Container> survivors = [];
        List<Container> ending = [];

        Recovery.Recover(
            table,
            [
                new() { Boot = new() { BootId = "before" } },
                new() { Launched = new() { Id = "a", Pid = (uint)Environment.ProcessId, StartTime = 5, Directory = "/x" } },
                new() { Launching = new() { Id = "b", Directory = "/y" } },
                Ended("c", 256),
            ],
            "now",
            survivors,
            ending);

        Assert.Empty(survivors);
        Assert.Empty(ending);
        Assert.Equal(["a", "c"], table.Containers.Keys.Order());
        Assert.Null(table.Containers["a"].WaitStatus);
        Assert.Equal(256, table.Containers["c"].WaitStatus);
    }

    private static SupervisorRecord Ended(string id, int status) => new() { Ended = new() { Id = id, Pid = 1, WaitStatus = status, Directory = "/z" } };
}
