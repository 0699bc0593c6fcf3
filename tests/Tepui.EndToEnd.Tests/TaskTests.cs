using System.Globalization;
using System.Text;
using Tepui.EndToEnd.Tests.Processes;
using Tepui.Protocol.V1;
using Task = System.Threading.Tasks.Task;
using TaskStatus = Tepui.Protocol.V1.TaskStatus;

namespace Tepui.EndToEnd.Tests;

/// <summary>What tasks can ask for, and what they leave behind.</summary>
public sealed class TaskTests
{
    [Fact]
    public async Task Uris_ArchiveAndProgram_AreInTheSandbox()
    {
        using var machine = new Machine();
        using var files = new FileServer();
        files.AddArchive("data.tar.gz", "data/hello.txt", "from the archive\n");
        files.Add("tool", Encoding.UTF8.GetBytes("#!/bin/sh\ncat data/hello.txt\n"));
        using var cluster = await SeparateCluster.StartAsync(machine);
        await using var framework = new PersistentFramework(cluster.MasterAddress, [Command(
            "fetch", "./tool && cat renamed", Uri(files, "data.tar.gz"), Uri(files, "tool", executable: true), Uri(files, "tool", output: "renamed"))]);

        var end = await EndAsync(framework, "fetch");

        Assert.Equal(TaskState.TaskFinished, end.State);
        Assert.Equal("from the archive\n#!/bin/sh\ncat data/hello.txt\n", (await cluster.RunAsync("task", "log", "fetch")).Output);
    }

    [Fact]
    public async Task Uri_ThatIsMissing_FailsTheTaskSayingWhichAndWhy()
    {
        using var machine = new Machine();
        using var files = new FileServer();
        using var cluster = await SeparateCluster.StartAsync(machine);
        await using var framework = new PersistentFramework(cluster.MasterAddress, [Command("fetch", "true", Uri(files, "missing"))]);

        var end = await EndAsync(framework, "fetch");

        Assert.Equal(TaskState.TaskFailed, end.State);
        Assert.Contains(files.UriOf("missing"), end.Message, StringComparison.Ordinal);
        Assert.Contains("404", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HealthCheck_ThatFails_EndsTheTask()
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);
        var task = Command("sick", "touch well; sleep 0.3; rm well; exec sleep 100000");
        task.HealthCheck = new()
        {
            Type = HealthCheck.Types.Type.Command,
            Command = new() { Value = "test -e well" },
            DelaySeconds = 0,
            GracePeriodSeconds = 0,
            IntervalSeconds = 0.1,
            ConsecutiveFailures = 2,
        };
        await using var framework = new PersistentFramework(cluster.MasterAddress, [task]);

        var end = await EndAsync(framework, "sick");

        Assert.True(end.HasHealthy && !end.Healthy, $"{end}");
        Assert.Equal(TaskState.TaskKilled, end.State);
        Assert.Empty(machine.Processes("sleep\0100000"));
    }

    [Fact]
    public async Task Kill_TaskThatCleansUp_IsAskedFirst()
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);
        await using var framework = new PersistentFramework(cluster.MasterAddress, [Command("polite", "trap 'echo asked; exit 0' TERM; echo ready; while :; do sleep 0.05; done")]);
        await Machine.UntilAsync(async () => (await cluster.RunAsync("task", "log", "polite")).Output == "ready\n", "the task is ready");

        framework.Kill("polite");

        Assert.Equal(TaskState.TaskKilled, (await EndAsync(framework, "polite")).State);
        Assert.Equal("ready\nasked\n", (await cluster.RunAsync("task", "log", "polite")).Output);
    }

    [Fact]
    public async Task Kill_TaskThatWillNotGo_IsEndedAfterItsGraceWithAllItStarted()
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);
        var task = Command("stubborn", "trap '' TERM; setsid sleep 100001 & echo ready; while :; do sleep 0.05; done");
        task.KillPolicy = new() { GracePeriod = new() { Nanoseconds = 300_000_000 } };
        await using var framework = new PersistentFramework(cluster.MasterAddress, [task]);
        await Machine.UntilAsync(async () => (await cluster.RunAsync("task", "log", "stubborn")).Output == "ready\n", "the task is ready");

        framework.Kill("stubborn");

        Assert.Equal(TaskState.TaskKilled, (await EndAsync(framework, "stubborn")).State);
        Assert.Empty(machine.Processes("sleep\0"));
    }

    [RootFact]
    public async Task User_Named_RunsTheTask()
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);

        var run = await cluster.RunAsync("run", "--name", "who", "--user", "nobody", "--quiet", "id -un; touch mine && stat -c %U mine");

        Assert.True(run.Code == 0, $"{run}");
        Assert.Equal("nobody\nnobody\n", (await cluster.RunAsync("task", "log", "who.1")).Output);
    }

    [Fact]
    public async Task Ports_OfTasksAtTheSameTime_AreKeptApart()
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);
        var file = Path.Join(machine.Path, "ports");
        using var run = TepuiProcess.Start("run", "--instances", "6", "--ports", "2", "--quiet", "--master", cluster.MasterAddress, $"echo $PORT0 $PORT1 >> {file}; exec sleep 100000");
        await Machine.UntilAsync(() => Task.FromResult(File.Exists(file) && File.ReadAllLines(file).Length == 6), "six tasks run");

        var ports = (await File.ReadAllTextAsync(file)).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(port => int.Parse(port, CultureInfo.InvariantCulture)).ToList();

        Assert.Equal(12, ports.Distinct().Count());
        Assert.All(ports, port => Assert.InRange(port, 20_000, 29_999));
        run.Interrupt();
        Assert.Equal(130, await run.ExitAsync());
        await Machine.UntilAsync(() => Task.FromResult(machine.Processes("sleep\0").Count == 0), "the tasks of the run are killed with it");
    }

    [Fact]
    public async Task Log_LongAndFollowed_IsWhole()
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);
        var go = Path.Join(machine.Path, "go");
        using var run = TepuiProcess.Start("run", "--name", "long", "--quiet", "--master", cluster.MasterAddress, $"seq 1 60000; while [ ! -e {go} ]; do sleep 0.05; done; seq 60001 100000");
        await Machine.UntilAsync(async () => (await cluster.RunAsync("task", "log", "long.1")).Output.Length > 0, "the task writes");
        using var log = TepuiProcess.Start("task", "log", "-f", "long.1", "--master", cluster.MasterAddress);
        await log.ForTextAsync("\n60000\n");

        await File.WriteAllTextAsync(go, "");

        Assert.Equal(0, await log.ExitAsync());
        Assert.Equal(string.Concat(Enumerable.Range(1, 100_000).Select(number => $"{number}\n")), log.Output);
        Assert.Equal("99999\n100000\n", (await TepuiProcess.RunAsync("task", "log", "--lines", "2", "long.1", "--master", cluster.MasterAddress)).Output);
        Assert.Equal(0, await run.ExitAsync());
    }

    [Fact]
    public async Task Log_OfAllLanguages_ComesAsItWasWritten()
    {
        const string Words = "Žluťoučký kůň 🐎 山 עברית";
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);

        var run = await cluster.RunAsync("run", "--name", "words", "--quiet", $"i=0; while [ $i -lt 5000 ]; do echo '{Words}'; i=$((i+1)); done");

        Assert.True(run.Code == 0, $"{run}");
        Assert.Equal(string.Concat(Enumerable.Repeat(Words + "\n", 5000)), (await cluster.RunAsync("task", "log", "words.1")).Output);
    }

    [Fact]
    public async Task Batch_OfThousands_AllFinish()
    {
        using var machine = new Machine();
        using var cluster = await SeparateCluster.StartAsync(machine);

        var (code, output, errors) = await cluster.RunAsync("run", "--instances", "5000", "--cpus", "0.01", "--mem", "1", "--quiet", "true");

        Assert.True(code == 0, output + errors + cluster);
        Assert.Contains("5000 finished", output.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static TaskInfo Command(string id, string command, params CommandInfo.Types.URI[] uris) => new()
    {
        Name = id,
        TaskId = new() { Value = id },
        Command = new() { Value = command, Shell = true, Uris = { uris } },
    };

    private static CommandInfo.Types.URI Uri(FileServer files, string name, bool executable = false, string? output = null)
    {
        var uri = new CommandInfo.Types.URI { Value = files.UriOf(name), Executable = executable };
        if (output is not null)
        {
            uri.OutputFile = output;
        }

        return uri;
    }

    private static async Task<TaskStatus> EndAsync(PersistentFramework framework, string task)
    {
        await Machine.UntilAsync(() => Task.FromResult(framework.States.TryGetValue(task, out var state) && PersistentFramework.IsOver(state)), $"{task} is over");
        return framework.Heard.First(heard => PersistentFramework.IsOver(heard.Status.State)).Status;
    }
}
