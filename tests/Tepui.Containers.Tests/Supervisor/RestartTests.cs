using Tepui.Containers.Connection;
using Tepui.Containers.Native;
using Tepui.Containers.Statistics;

namespace Tepui.Containers.Tests.Supervisor;

public sealed class RestartTests
{
    [Fact]
    public async Task Agent_ThatComesBack_FindsWhatRunsAndWhatEnded()
    {
        await using var machine = await Machine.StartAsync();
        var runs = machine.Shell("sleep 1000");
        var ends = machine.Shell("until [ -e go ]; do sleep 0.01; done; exit 5");
        var told = machine.Shell("exit 6");
        var pid = await machine.StartAsync(runs);
        var endingPid = await machine.StartAsync(ends);
        await machine.RunAsync(told);
        var supervisor = machine.SupervisorPid();

        await machine.DisconnectAsync();
        await File.WriteAllTextAsync(Path.Combine(ends.SandboxDirectory, "go"), "");
        await Eventually.GoneAsync(endingPid);
        await machine.ConnectAsync();

        Assert.Equal(supervisor, machine.SupervisorPid());
        var recovered = machine.Agent.Recovered.ToDictionary(static c => c.Id);
        Assert.Equal(new RecoveredContainer(runs.Id, pid, true, null), recovered[runs.Id]);
        Assert.Equal(6 << 8, recovered[told.Id].WaitStatus);
        var status = recovered[ends.Id].Running ? (await machine.WaitAsync<ContainerEvent.Exited>(ends.Id)).WaitStatus : recovered[ends.Id].WaitStatus;
        Assert.Equal(5 << 8, status);
    }

    [Fact]
    public async Task Forgotten_Containers_AreNotFoundAgain()
    {
        await using var machine = await Machine.StartAsync();
        var launch = machine.Shell("true");
        await machine.RunAsync(launch);

        machine.Agent.Forget(launch.Id);
        await machine.RunAsync(machine.Shell("true"));
        await machine.DisconnectAsync();
        await machine.ConnectAsync();

        Assert.DoesNotContain(machine.Agent.Recovered, c => c.Id == launch.Id);
    }

    [Fact]
    public async Task Supervisor_KilledWhileContainersRun_IsReplacedAndTheyAreFollowed()
    {
        await using var machine = await Machine.StartAsync();
        var obeys = machine.Shell("exec sleep 1000");
        var exits = machine.Shell("until [ -e go ]; do sleep 0.01; done; exit 9");
        var ended = machine.Shell("exit 3");
        await machine.StartAsync(obeys);
        await machine.StartAsync(exits);
        await machine.RunAsync(ended);
        var first = machine.SupervisorPid();

        Assert.Equal(0, Libc.Kill(first, Libc.SigKill));
        await Eventually.TrueAsync(() => machine.SupervisorPid() != first, "no new supervisor came");

        await File.WriteAllTextAsync(Path.Combine(exits.SandboxDirectory, "go"), "");
        var status = (await machine.WaitAsync<ContainerEvent.Exited>(exits.Id)).WaitStatus;
        Assert.True(status is null or 9 << 8, $"wait status {status}");
        machine.Agent.Kill(obeys.Id, TimeSpan.FromMinutes(10));
        status = (await machine.WaitAsync<ContainerEvent.Exited>(obeys.Id)).WaitStatus;
        Assert.True(status is null or 15, $"wait status {status}");
        Assert.Single(machine.EventsOf(ended.Id).OfType<ContainerEvent.Exited>());
        Assert.Equal(0, await machine.RunAsync(machine.Shell("true")));
    }

    [Fact]
    public async Task Supervisor_KilledWhileTheAgentIsAway_LeavesItsTableBehind()
    {
        await using var machine = await Machine.StartAsync();
        var runs = machine.Shell("setsid sleep 1000 & exec sleep 1000");
        var dies = machine.Shell("exec sleep 1000");
        var ended = machine.Shell("exit 3");
        var pid = await machine.StartAsync(runs);
        var dyingPid = await machine.StartAsync(dies);
        var begins = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        await machine.RunAsync(ended);
        var endTime = machine.EventsOf(ended.Id).OfType<ContainerEvent.Exited>().Single().EndedAt;
        var startTime = machine.EventsOf(ended.Id).OfType<ContainerEvent.Started>().Single().StartedAt;
        Assert.InRange(startTime!.Value, begins, endTime!.Value);
        Assert.InRange(endTime.Value, begins, DateTimeOffset.UtcNow);
        var supervisor = machine.SupervisorPid();

        await machine.DisconnectAsync();
        _ = Libc.Kill(supervisor, Libc.SigKill);
        await Eventually.GoneAsync(supervisor);
        _ = Libc.Kill(dyingPid, Libc.SigKill);
        await Eventually.GoneAsync(dyingPid);
        await machine.ConnectAsync();

        var recovered = machine.Agent.Recovered.ToDictionary(static c => c.Id);
        Assert.Equal(new RecoveredContainer(runs.Id, pid, true, null), recovered[runs.Id]);
        Assert.Equal(new RecoveredContainer(ended.Id, recovered[ended.Id].Pid, false, 3 << 8) { EndedAt = endTime }, recovered[ended.Id]);
        if (recovered[dies.Id].Running)
        {
            await machine.WaitAsync<ContainerEvent.Exited>(dies.Id);
        }

        machine.Agent.Kill(runs.Id, TimeSpan.FromMinutes(10));
        await machine.WaitAsync<ContainerEvent.Exited>(runs.Id);
        Assert.DoesNotContain(ProcessSnapshot.Take().Processes.Values, p => p.IsAlive && Containers.Supervisor.Leftovers.Carries(p.Pid, runs.SandboxDirectory));
    }

    [Fact]
    public async Task Supervisor_ReusedPidInItsLog_IsNotTakenForTheContainer()
    {
        await using var machine = await Machine.StartAsync();
        var launch = machine.Shell("sleep 1000");
        var pid = await machine.StartAsync(launch);
        await machine.DisconnectAsync();
        var supervisor = SupervisorOf(machine);
        _ = Libc.Kill(supervisor, Libc.SigKill);
        await Eventually.GoneAsync(supervisor);

        // The same pid with another start time stands for another process.
        var log = Path.Combine(machine.Work, "supervisor", "containers.log");
        var records = Containers.Supervisor.ContainerLog.Read(log);
        foreach (var record in records)
        {
            record.Launching?.Directory = "/nowhere";
            record.Launched?.Directory = "/nowhere";
            record.Launched?.StartTime += 1;
        }

        Containers.Supervisor.ContainerLog.Create(log, records).Dispose();
        await machine.ConnectAsync();
        var recovered = machine.Agent.Recovered.Single(c => c.Id == launch.Id);
        if (recovered.Running)
        {
            Assert.Null((await machine.WaitAsync<ContainerEvent.Exited>(launch.Id)).WaitStatus);
        }

        Assert.True(Eventually.IsAlive(pid));
        _ = Libc.Kill(-pid, Libc.SigKill);
    }

    [Fact]
    public async Task Supervisor_UpgradedInPlace_KeepsItsPidAndItsChildren()
    {
        await using var machine = await Machine.StartAsync();
        var runs = machine.Shell("until [ -e go ]; do sleep 0.01; done; exit 8");
        var ended = machine.Shell("exit 3");
        var pid = await machine.StartAsync(runs);
        await machine.RunAsync(ended);
        var supervisor = machine.SupervisorPid();
        var started = ProcessStat.Read(supervisor)!.Value;

        await machine.DisconnectAsync();
        machine.Options = machine.Options with { Build = "another" };
        await machine.ConnectAsync();

        Assert.Equal(supervisor, machine.SupervisorPid());
        Assert.Equal(started.StartTime, ProcessStat.Read(supervisor)!.Value.StartTime);
        Assert.Contains("Becomes", await File.ReadAllTextAsync(Path.Combine(machine.Work, "supervisor", "supervisor.log")), StringComparison.Ordinal);
        Assert.Equal(supervisor, ProcessStat.Read(pid)!.Value.Parent);
        Assert.Contains(new RecoveredContainer(runs.Id, pid, true, null), machine.Agent.Recovered);
        Assert.Contains(machine.Agent.Recovered, c => c.Id == ended.Id && c.WaitStatus == 3 << 8);
        await File.WriteAllTextAsync(Path.Combine(runs.SandboxDirectory, "go"), "");
        Assert.Equal(8 << 8, (await machine.WaitAsync<ContainerEvent.Exited>(runs.Id)).WaitStatus);
        Assert.Equal(0, await machine.RunAsync(machine.Shell("true")));
    }

    [Fact]
    public async Task Supervisor_KilledUnderLoad_LosesNoContainer()
    {
        await using var machine = await Machine.StartAsync();
        var launches = Enumerable.Range(0, 300).Select(i => machine.Shell($"exit {i % 100}")).ToList();
        foreach (var launch in launches)
        {
            machine.Agent.Launch(launch);
        }

        await machine.WaitAsync<ContainerEvent.Started>(launches[40].Id);
        _ = Libc.Kill(machine.SupervisorPid(), Libc.SigKill);

        for (var i = 0; i < launches.Count; i++)
        {
            // Those that ran while there was no supervisor may have an unknown end; none is without an end.
            var exited = await machine.WaitAsync<ContainerEvent.Exited>(launches[i].Id);
            Assert.True(exited.WaitStatus is null || exited.WaitStatus == (i % 100) << 8, $"{i}: {exited}");
        }

        Assert.All(launches, launch => Assert.Equal(2, machine.EventsOf(launch.Id).Count));
        Assert.InRange(launches.Count(launch => machine.EventsOf(launch.Id).OfType<ContainerEvent.Exited>().Single().WaitStatus is null), 0, 100);
    }

    [Fact]
    public async Task WorkDirectory_DeeperThanASocketPathMayBe_Works()
    {
        var root = Directory.CreateTempSubdirectory("tepui-containers-").FullName;
        await using (var machine = await Machine.StartAsync(options => options with { WorkDirectory = Path.Combine(root, new string('d', 100), new string('e', 100)) }))
        {
            Assert.Equal(0, await machine.RunAsync(machine.Shell("true")));
        }

        await TemporaryDirectory.RemoveAsync(root);
    }

    [Fact]
    public async Task SecondAgent_DisplacesTheFirst()
    {
        await using var machine = await Machine.StartAsync();
        var socket = Path.Combine(machine.Work, "supervisor", "socket");
        await machine.DisconnectAsync();

        await using var first = (await SupervisorLink.TryConnectAsync(socket, CancellationToken.None))!;
        first.Send(new() { Hello = new() { Build = "a" } });
        Assert.NotNull((await first.ReadAsync(CancellationToken.None))!.Welcome);
        await using var second = (await SupervisorLink.TryConnectAsync(socket, CancellationToken.None))!;
        second.Send(new() { Hello = new() { Build = "b" } });

        Assert.NotNull((await second.ReadAsync(CancellationToken.None))!.Welcome);
        Assert.Null(await first.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task SupervisorThatCannotStart_IsSaidWithItsCause()
    {
        var failure = await Assert.ThrowsAsync<IOException>(() => Machine.StartAsync(static options => options with
        {
            SupervisorCommand = ["/no/such/tepui"],
            SupervisorStartTimeout = TimeSpan.FromSeconds(1),
        }));

        Assert.Contains("/no/such/tepui", failure.Message, StringComparison.Ordinal);
    }

    private static int SupervisorOf(Machine machine)
    {
        foreach (var process in ProcessSnapshot.Take().Processes.Values)
        {
            var arguments = System.Text.Encoding.UTF8.GetString(ProcFile.ReadAll($"/proc/{process.Pid}/cmdline")).Split('\0');
            if (arguments.Contains("supervisor") && arguments.Contains(Path.Combine(machine.Work, "supervisor")) && arguments[0] != "sh")
            {
                return process.Pid;
            }
        }

        throw new InvalidOperationException("no supervisor runs");
    }
}
