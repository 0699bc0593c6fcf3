using System.Security.Cryptography;
using Tepui.EndToEnd.Tests.Processes;

namespace Tepui.EndToEnd.Tests;

/// <summary>Work directories that are damaged, in use or not ours.</summary>
public sealed class DiskTests
{
    [Theory]
    [InlineData("master/registry")]
    [InlineData("agent/meta")]
    public async Task Start_FlippedBytesInTheMiddle_EndsWithEightAndChangesNothing(string store)
    {
        using var machine = new Machine();
        await RunSomethingAsync(machine);
        var log = LogOf(machine, store);
        var bytes = await File.ReadAllBytesAsync(log);
        for (var at = (bytes.Length / 2) - 4; at < (bytes.Length / 2) + 4; at++)
        {
            bytes[at] ^= 0x5a;
        }

        await File.WriteAllBytesAsync(log, bytes);
        var (code, errors) = await StartAsync(machine, store);

        Assert.True(code == 8, $"ended with {code}: {errors}");
        Assert.Contains(log, errors, StringComparison.Ordinal);
        Assert.Matches(@"at byte \d+", errors);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(await File.ReadAllBytesAsync(log)));
        Assert.Equal(log, LogOf(machine, store));
    }

    [Fact]
    public async Task Start_TruncatedTails_KeepsTheRest()
    {
        using var machine = new Machine();
        var agent = await RunSomethingAsync(machine);
        foreach (var store in new[] { "master/registry", "agent/meta" })
        {
            using var log = File.OpenWrite(LogOf(machine, store));
            log.SetLength(log.Length - 3);
        }

        using var cluster = await SeparateCluster.StartAsync(machine);

        Assert.Contains(agent, (await cluster.RunAsync("agent", "ls")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("master")]
    [InlineData("agent")]
    public async Task Start_WorkDirInUse_EndsWithSevenAndNamesTheHolder(string component)
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);

        var (code, errors) = await StartAsync(machine, $"{component}/any");

        Assert.True(code == 7, $"ended with {code}: {errors}");
        Assert.Contains(Path.Join(machine.Path, component), errors, StringComparison.Ordinal);
        Assert.Contains($"{(component == "master" ? cluster.Master : cluster.Agent).Id}", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [RootFact]
    public async Task Start_WorkDirOfSomeoneElse_EndsWithSixAndNamesIt()
    {
        using var machine = new Machine();
        var mine = Directory.CreateDirectory(Path.Join(machine.Path, "mine"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;

        foreach (var line in new[] { $"master --ip=127.0.0.1 --port=0 --work_dir={mine}", $"agent --master=127.0.0.1:1 --ip=127.0.0.1 --port=0 --work_dir={mine}", $"local --port 0 --agent-port 0 --work-dir {mine}" })
        {
            using var process = TepuiProcess.StartFrom("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", TepuiProcess.Binary, .. line.Split(' ')]);
            var code = await process.ExitAsync();

            Assert.True(code == 6, $"ended with {code}: {process}");
            Assert.Contains(mine, process.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Supervisor_LogDamagedAndKilled_TasksRunOnAndCanBeEnded()
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);
        var starts = Path.Join(machine.Path, "starts");
        using var run = TepuiProcess.Start("run", "--name", "long", "--instances", "4", "--quiet", "--master", cluster.MasterAddress, StartedTask.Line(starts, "exec sleep 100000"));
        await Machine.UntilAsync(() => Task.FromResult(StartedTask.Read(starts).Count == 4), "four tasks run");
        cluster.Agent.KillHard();
        Machine.Kill(Assert.Single(machine.Supervisors()));
        await Machine.UntilAsync(() => Task.FromResult(machine.Supervisors().Count == 0), "the supervisor is gone");
        var log = Directory.EnumerateFiles(Path.Join(cluster.AgentDirectory, "supervisor")).Single(file => Path.GetFileName(file) == "containers.log");
        var bytes = await File.ReadAllBytesAsync(log);
        bytes[bytes.Length / 2] ^= 0x5a;
        await File.WriteAllBytesAsync(log, bytes);

        await cluster.StartAgentAsync();
        await cluster.RegisteredAsync();

        // The agent knows each by one entry at least: of its launch, or of its start.
        Assert.Equal(4, StartedTask.Read(starts).Count(task => task.IsAlive()));
        run.Interrupt();
        await run.ExitAsync();
        await Machine.UntilAsync(() => Task.FromResult(!StartedTask.Read(starts).Any(task => task.IsAlive())), "no task is left");
    }

    [Fact]
    public async Task Local_AgentCannotWrite_EndsWithNineAndSaysWhy()
    {
        using var machine = new Machine();
        using var cluster = await LocalCluster.StartAsync(machine);
        var starts = Path.Join(machine.Path, "starts");
        using var run = cluster.Start("run", "--name", "long", "--quiet", StartedTask.Line(starts, "exec sleep 100000"));
        await Machine.UntilAsync(async () => (await cluster.TasksAsync("running")).Contains("long.1"), "long.1 runs");

        // No file of this process grows from here on; the end of a task is first of all the agent's to write.
        using var limit = TepuiProcess.StartFrom("prlimit", "--pid", $"{cluster.Process.Id}", "--fsize=1:1");
        Assert.Equal(0, await limit.ExitAsync());
        Machine.Kill(Assert.Single(machine.Processes("sleep\0100000")));
        var code = await cluster.Process.ExitAsync();

        Assert.True(code == 9, $"ended with {code}: {cluster.Process}");
        Assert.Contains($"FATAL Tepui.Agent: Agent stops with exit code 9: {Path.Join(machine.Path, "agent-1", "meta")}", cluster.Process.Errors, StringComparison.Ordinal);
        Assert.Contains("Make room or repair the disk, then start again.", cluster.Process.Errors, StringComparison.Ordinal);
    }

    /// <summary>Runs a task and stops; gives the agent's id.</summary>
    private static async Task<string> RunSomethingAsync(Machine machine)
    {
        using var cluster = await SeparateCluster.StartAsync(machine);
        Assert.Equal(0, (await cluster.RunAsync("run", "--instances", "20", "--quiet", "true")).Code);
        var id = (await cluster.ReadAsync($"http://{cluster.MasterAddress}/state"))!.Value.GetProperty("slaves")[0].GetProperty("id").GetString()!;
        cluster.Agent.Interrupt();
        await cluster.Agent.ExitAsync();
        cluster.Master.Interrupt();
        await cluster.Master.ExitAsync();
        return id;
    }

    private static string LogOf(Machine machine, string store) => Directory.EnumerateFiles(Path.Join(machine.Path, store), "log-*").Single();

    private static async Task<(int Code, string Errors)> StartAsync(Machine machine, string store)
    {
        string[] line = store.StartsWith("master", StringComparison.Ordinal)
            ? ["master", "--ip=127.0.0.1", "--port=0", $"--work_dir={machine.Path}/master"]
            : ["agent", "--master=127.0.0.1:1", "--ip=127.0.0.1", "--port=0", $"--work_dir={machine.Path}/agent"];
        var (code, _, errors) = await TepuiProcess.RunAsync(line);
        return (code, errors);
    }
}
