using Tepui.Protocol.V1;
using Environment = System.Environment;
using Task = System.Threading.Tasks.Task;

namespace Tepui.Containers.Tests.Launchers;

public sealed class ProcessTests : IAsyncLifetime
{
    private Machine _machine = null!;

    public async Task InitializeAsync() => _machine = await Machine.StartAsync();

    public async Task DisposeAsync() => await _machine.DisposeAsync();

    [Theory]
    [InlineData("true", 0)]
    [InlineData("exit 7", 7 << 8)]
    [InlineData("exit 255", 255 << 8)]
    [InlineData("kill -TERM $$", 15)]
    [InlineData("kill -KILL $$", 9)]
    [InlineData("exec nosuchprogram", 127 << 8)]
    public async Task Exit_OfAnyKind_IsReportedAsTheRawWaitStatus(string command, int status)
    {
        Assert.Equal(status, await _machine.RunAsync(_machine.Shell(command)));
    }

    [Fact]
    public async Task Environment_OfTheProcess_IsExactlyTheGivenOne()
    {
        var launch = _machine.Shell("", environment: new Dictionary<string, string> { ["A"] = "1", ["B"] = "two words\nand a line", ["EMPTY"] = "", ["PATH"] = "/usr/bin:/bin" });
        launch.Command.Shell = false;
        launch.Command.Value = "env";
        launch.Command.Arguments.Add(["env", "-0"]);

        await _machine.RunAsync(launch);

        Assert.Equal(["A=1", "B=two words\nand a line", "EMPTY=", "PATH=/usr/bin:/bin"], Machine.Output(launch).TrimEnd('\0').Split('\0').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Environment_WithoutPath_GetsTheDefaultOne()
    {
        var launch = _machine.Shell("/usr/bin/env", environment: new Dictionary<string, string>());

        await _machine.RunAsync(launch);

        Assert.Contains("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n", Machine.Output(launch), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_RunsInItsSandbox_InASessionOfItsOwn_WithNothingElseOpen()
    {
        var launch = _machine.Shell("pwd; readlink /proc/self/fd/0; ls /proc/self/fd | tr '\\n' ' '; echo; cut -d' ' -f1,5,6 /proc/$$/stat; echo $$; echo oops >&2");

        var status = await _machine.RunAsync(launch);
        var lines = Machine.Output(launch).Split('\n');

        Assert.Equal(0, status);
        Assert.Equal(launch.SandboxDirectory, lines[0]);
        Assert.Equal("/dev/null", lines[1]);
        Assert.Equal("0 1 2 3 ", lines[2]);
        Assert.Equal($"{lines[4]} {lines[4]} {lines[4]}", lines[3]);
        Assert.Equal("oops\n", Machine.Output(launch, "stderr"));
    }

    [Fact]
    public async Task Process_HasNoSignalBlockedOrIgnored()
    {
        var launch = _machine.Program("/bin/grep", "grep", "-E", "SigBlk|SigIgn", "/proc/self/status");

        await _machine.RunAsync(launch);

        Assert.Equal("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n", Machine.Output(launch));
    }

    [Fact]
    public async Task Argv_IsPassedWhole_FirstOneIncluded()
    {
        var launch = _machine.Program("/bin/sh", "my name", "-c", "cat /proc/$$/cmdline; exit 3", "a b", "c");

        var status = await _machine.RunAsync(launch);

        Assert.Equal(3 << 8, status);
        Assert.Equal("my name\0-c\0cat /proc/$$/cmdline; exit 3\0a b\0c\0", Machine.Output(launch));
    }

    [Fact]
    public async Task Program_RelativeToTheSandbox_IsFound()
    {
        var launch = _machine.Program("./hello", "hello", "you");
        Directory.CreateDirectory(launch.SandboxDirectory);
        var script = Path.Combine(launch.SandboxDirectory, "hello");
        await File.WriteAllTextAsync(script, "echo hello $1\n");
        File.SetUnixFileMode(script, (UnixFileMode)0b111_101_101);

        var status = await _machine.RunAsync(launch);

        Assert.Equal(0, status);
        Assert.Equal("hello you\n", Machine.Output(launch));
    }

    [Theory]
    [InlineData("/no/such/program", "Failed to execute '/no/such/program': No such file or directory")]
    [InlineData("nosuchprogram", "Failed to execute 'nosuchprogram': No such file or directory")]
    [InlineData("/etc/passwd", "Failed to execute '/etc/passwd': Permission denied")]
    [InlineData("/tmp", "Failed to execute '/tmp': it is a directory")]
    public async Task Start_OfAProgramThatCannotRun_FailsAndSaysWhy(string program, string message)
    {
        var launch = _machine.Program(program, program);

        _machine.Agent.Launch(launch);
        var failed = await _machine.WaitAsync<ContainerEvent.StartFailed>(launch.Id);

        Assert.Equal(message, failed.Message);
    }

    [Fact]
    public async Task Start_WithoutAValue_FailsAndSaysWhy()
    {
        var launch = _machine.Shell("");

        _machine.Agent.Launch(launch);
        var failed = await _machine.WaitAsync<ContainerEvent.StartFailed>(launch.Id);

        Assert.Contains("has no value", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AsAUserThatDoesNotExist_FailsAndNamesIt()
    {
        var launch = _machine.Shell("true", user: "nosuchuser");

        _machine.Agent.Launch(launch);
        var failed = await _machine.WaitAsync<ContainerEvent.StartFailed>(launch.Id);

        Assert.Equal($"Failed to create executor directory '{launch.SandboxDirectory}': Failed to chown directory to 'nosuchuser': No such user 'nosuchuser'", failed.Message);
    }

    [RootFact]
    public async Task Start_AsAnotherUser_TakesAllOfItsRightsAndNoOther()
    {
        var launch = _machine.Shell("id -u; id -g; id -G; grep -E '^(Uid|Gid|CapEff|CapPrm)' /proc/self/status; touch mine; stat -c %U:%a . mine stdout", user: "nobody");

        var status = await _machine.RunAsync(launch);
        var lines = Machine.Output(launch).Split('\n');

        Assert.Equal(0, status);
        Assert.Equal(["65534", "65534", "65534"], lines[..3]);
        Assert.Equal("Uid:\t65534\t65534\t65534\t65534", lines[3]);
        Assert.Equal("Gid:\t65534\t65534\t65534\t65534", lines[4]);
        Assert.Equal(["CapPrm:\t0000000000000000", "CapEff:\t0000000000000000"], lines[5..7]);
        Assert.StartsWith("nobody:750", lines[7], StringComparison.Ordinal);
        Assert.StartsWith("nobody:", lines[8], StringComparison.Ordinal);
        Assert.StartsWith("nobody:", lines[9], StringComparison.Ordinal);
    }

    [RootFact]
    public async Task Start_AsAnotherUser_LeavesTheSupervisorsOwnRights()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _machine.RunAsync(_machine.Shell("true", user: "nobody"))));
        var launch = _machine.Shell("id -u");

        await _machine.RunAsync(launch);

        Assert.Equal("0\n", Machine.Output(launch));
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{_machine.SupervisorPid()}/task"))
        {
            Assert.Contains("Uid:\t0\t0\t0\t0", await File.ReadAllTextAsync(Path.Combine(thread, "status")), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nobody")]
    public async Task Limits_OfTheContainer_AreSet(string? user)
    {
        var limits = new RLimitInfo();
        limits.Rlimits.Add(new RLimitInfo.Types.RLimit { Type = RLimitInfo.Types.RLimit.Types.Type.RlmtNofile, Soft = 77, Hard = 99 });
        limits.Rlimits.Add(new RLimitInfo.Types.RLimit { Type = RLimitInfo.Types.RLimit.Types.Type.RlmtCore, Soft = 0, Hard = 0 });
        var launch = _machine.Shell("ulimit -Sn; ulimit -Hn; ulimit -Hc; id -un", user, new() { Type = ContainerInfo.Types.Type.Mesos, RlimitInfo = limits });
        if (user is not null && Environment.UserName != "root")
        {
            return;
        }

        var status = await _machine.RunAsync(launch);

        Assert.Equal(0, status);
        Assert.Equal($"77\n99\n0\n{user ?? Environment.UserName}\n", Machine.Output(launch));
    }

    [Fact]
    public async Task Limits_ThatMakeNoSense_FailTheStart()
    {
        var limits = new RLimitInfo();
        limits.Rlimits.Add(new RLimitInfo.Types.RLimit { Type = RLimitInfo.Types.RLimit.Types.Type.RlmtNofile, Soft = 100, Hard = 50 });
        var launch = _machine.Shell("true", null, new() { Type = ContainerInfo.Types.Type.Mesos, RlimitInfo = limits });

        _machine.Agent.Launch(launch);
        var failed = await _machine.WaitAsync<ContainerEvent.StartFailed>(launch.Id);

        Assert.Equal("Resource limit RLMT_NOFILE has a soft value 100 above its hard value 50", failed.Message);
    }

    [Fact]
    public async Task Sandbox_GivenRelative_IsTakenFromTheAgentsDirectory()
    {
        var launch = _machine.Shell("pwd");

        Assert.Equal(0, await _machine.RunAsync(launch with { SandboxDirectory = Path.GetRelativePath(Environment.CurrentDirectory, launch.SandboxDirectory) }));

        Assert.Equal(launch.SandboxDirectory + "\n", Machine.Output(launch));
    }

    [Fact]
    public async Task Launch_OfAKnownId_FailsWithoutHarmToTheFirst()
    {
        var launch = _machine.Shell("sleep 1000");
        await _machine.StartAsync(launch);

        _machine.Agent.Launch(launch);
        await Eventually.TrueAsync(() => _machine.EventsOf(launch.Id).OfType<ContainerEvent.StartFailed>().Any(), "the second launch was not answered");

        Assert.DoesNotContain(_machine.EventsOf(launch.Id), static e => e is ContainerEvent.Exited);
    }

    [Fact]
    public async Task ThousandLaunches_AtOnce_AreEachAnsweredOnce()
    {
        var launches = Enumerable.Range(0, 1000).Select(i => _machine.Shell($"exit {i % 256}")).ToList();

        var statuses = await Task.WhenAll(launches.Select(_machine.RunAsync));

        Assert.Equal(Enumerable.Range(0, 1000).Select(static i => (int?)((i % 256) << 8)), statuses);
        Assert.All(launches, launch => Assert.Collection(
            _machine.EventsOf(launch.Id),
            static e => Assert.IsType<ContainerEvent.Started>(e),
            static e => Assert.IsType<ContainerEvent.Exited>(e)));
    }
}
