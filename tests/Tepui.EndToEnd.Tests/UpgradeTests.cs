using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Tepui.EndToEnd.Tests.Processes;
using Machine = Tepui.EndToEnd.Tests.Processes.Machine;

namespace Tepui.EndToEnd.Tests;

/// <summary>An agent ends or is replaced by another build: its tasks go on.</summary>
public sealed class UpgradeTests
{
    [Fact]
    public async Task Agent_OfAnotherBuild_TakesOverTasksAndSupervisor()
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);
        var (starts, go) = (Path.Join(machine.Path, "starts"), Path.Join(machine.Path, "go"));
        using var run = Run(cluster, starts, go, instances: 3);
        await Machine.UntilAsync(() => Task.FromResult(StartedTask.Read(starts).Count == 3), "three tasks run");
        var supervisor = Assert.Single(machine.Supervisors());

        cluster.Agent.Signal(15);
        Assert.Equal(0, await cluster.Agent.ExitAsync());
        Assert.All(StartedTask.Read(starts), task => Assert.True(task.IsAlive()));
        var newer = CopyOfAnotherBuild(machine);
        await cluster.StartAgentAsync(newer);
        await cluster.RegisteredAsync();

        Assert.Equal(supervisor, Assert.Single(machine.Supervisors()));
        Assert.StartsWith(newer + '\0', await File.ReadAllTextAsync($"/proc/{supervisor}/cmdline"), StringComparison.Ordinal);
        Assert.All(StartedTask.Read(starts), task => Assert.True(task.IsAlive()));
        await File.WriteAllTextAsync(go, "");
        Assert.Equal(1, await run.ExitAsync());
        Assert.Contains("3 failed", run.Output, StringComparison.Ordinal);
        Assert.Contains("Command exited with status 7", run.Output, StringComparison.Ordinal);
        Assert.Equal(3, StartedTask.Read(starts).Count);
    }

    [Fact]
    public async Task Agent_KilledWhileATaskEnds_ReportsHowItEnded()
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);
        var (starts, go) = (Path.Join(machine.Path, "starts"), Path.Join(machine.Path, "go"));
        using var run = Run(cluster, starts, go, instances: 2);
        await Machine.UntilAsync(() => Task.FromResult(StartedTask.Read(starts).Count == 2), "two tasks run");

        cluster.Agent.KillHard();
        await cluster.Agent.ExitAsync();
        await File.WriteAllTextAsync(go, "");
        await Machine.UntilAsync(() => Task.FromResult(!StartedTask.Read(starts).Any(task => task.IsAlive())), "the tasks have ended");
        await cluster.StartAgentAsync();

        Assert.Equal(1, await run.ExitAsync());
        Assert.Contains("2 failed", run.Output, StringComparison.Ordinal);
        Assert.Contains("Command exited with status 7", run.Output, StringComparison.Ordinal);
    }

    private static TepuiProcess Run(SeparateCluster cluster, string starts, string go, int instances) => TepuiProcess.Start(
        "run", "--name", "up", "--instances", $"{instances}", "--quiet", "--master", cluster.MasterAddress, StartedTask.Line(starts, $"while [ ! -e {go} ]; do sleep 0.05; done; exit 7"));

    /// <summary>A copy of the binary whose parts say that they were built another time.</summary>
    private static string CopyOfAnotherBuild(Machine machine)
    {
        var from = Path.GetDirectoryName(TepuiProcess.Binary)!;
        var to = Directory.CreateDirectory(Path.Join(machine.Path, "newer")).FullName;
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Join(to, Path.GetFileName(file)));
        }

        var library = Path.Join(to, "Tepui.Containers.dll");
        var bytes = File.ReadAllBytes(library);
        byte[] id;
        using (var image = new PEReader(new MemoryStream(bytes)))
        {
            var metadata = image.GetMetadataReader();
            id = metadata.GetGuid(metadata.GetModuleDefinition().Mvid).ToByteArray();
        }

        bytes[bytes.AsSpan().IndexOf(id)] ^= 0xff;
        File.WriteAllBytes(library, bytes);
        return Path.Join(to, Path.GetFileName(TepuiProcess.Binary));
    }
}
