using Tepui.Jobs.Core.Launching;
using Tepui.Jobs.Core.Launching.Tasks;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Protocol.V1;
using Parameter = Tepui.Jobs.Core.Specs.Parameter;

namespace Tepui.Jobs.Core.Tests.Launching.Tasks;

public sealed class JobTaskTests
{
    private const string Id = "ct:1924992000000:1:nightly:a b";

    [Fact]
    public void Of_PlainJob_HasNameIdsResourcesAndCommand()
    {
        var task = Task(A.Job("nightly") with { Command = "echo hi" });

        Assert.Equal("ChronosTask:nightly", task.Name);
        Assert.Equal(Id, task.TaskId.Value);
        Assert.Equal("agent-host1", task.AgentId.Value);
        Assert.Equal("cpus 0.1 *, mem 128 *, disk 256 *", string.Join(", ", task.Resources.Select(resource => $"{resource.Name} {resource.Scalar.Value} {resource.AllocationInfo.Role}")));
        Assert.True(task.Command.Shell);
        Assert.Equal("echo hi", task.Command.Value);
        Assert.False(task.Command.HasUser);
        Assert.Null(task.Container);
        Assert.Null(task.Executor);
        Assert.Null(task.MaxCompletionTime);
    }

    [Fact]
    public void Of_VeryManyParentRuns_NamesAsManyAsAProcessCanBeGiven()
    {
        var parents = Enumerable.Range(1, 20_000).Select(number => A.Run("left", number)).ToList();
        var run = Run() with { Cause = new() { Kind = RunCauseKind.Parents, FirstDue = A.Start, Due = A.Start, Parents = parents } };

        var named = Task(A.Job("nightly"), run).Command.Environment.Variables.Single(variable => variable.Name == "TEPUI_PARENT_RUNS").Value;

        Assert.InRange(named.Length, 32_750, 32_768);
        Assert.Equal(parents.Take(named.Count(c => c == ',') + 1).Select(parent => parent.ToString()), named.Split(','));
    }

    [Fact]
    public void Of_AnyJob_TellsTheTaskWhatItIs()
    {
        var run = Run() with
        {
            Cause = new()
            {
                Kind = RunCauseKind.Parents,
                FirstDue = A.Start,
                Due = A.Start.AddMinutes(90).AddMilliseconds(250),
                Parents = [A.Run("left", 3), A.Run("right", 7)],
            },
        };

        var task = Task(A.Job("nightly") with { Owner = "ops@example.com", Cpus = 1500 }, run);

        Assert.Equal(
            $"""
            mesos_task_id={Id}
            MESOS_TASK_ID={Id}
            CHRONOS_JOB_OWNER=ops@example.com
            CHRONOS_JOB_NAME=nightly
            HOST=host1
            CHRONOS_RESOURCE_MEM=128.0
            CHRONOS_RESOURCE_CPU=1.5
            CHRONOS_RESOURCE_DISK=256.0
            CHRONOS_JOB_RUN_TIME=1924992000000
            CHRONOS_JOB_RUN_ATTEMPT=1
            TEPUI_JOB=nightly
            TEPUI_RUN=4
            TEPUI_DUE=2031-01-01T01:30:00.25Z
            TEPUI_FIRST_DUE=2031-01-01T00:00:00Z
            TEPUI_PARENT_RUNS=left#3,right#7
            """.ReplaceLineEndings("\n"),
            string.Join('\n', Variables(task)));
    }

    [Fact]
    public void Of_VariablesOfRunAndJob_TheRunsGoBeforeAndNoneReplacesABuiltIn()
    {
        var job = A.Job("nightly") with { Environment = [new("A", "job"), new("B", "job"), new("B", "again"), new("HOST", "mine"), new("TEPUI_RUN", "0")] };

        var task = Task(job, Run() with { Environment = [new("A", "run"), new("CHRONOS_JOB_NAME", "mine")] });

        Assert.Equal(["A=run", "B=job"], Variables(task).Skip(15));
        Assert.Contains("HOST=host1", Variables(task));
        Assert.Contains("CHRONOS_JOB_NAME=nightly", Variables(task));
        Assert.Contains("TEPUI_RUN=4", Variables(task));
    }

    [Theory]
    [InlineData(null, "echo one two")]
    [InlineData("three; four", "echo three four")]
    [InlineData("", "echo")]
    public void Command_ShellWithArguments_HasThemBehindItWithoutSemicolons(string? ofRun, string command)
    {
        var task = Task(A.Job("nightly") with { Command = "echo", Arguments = ["one", "two"] }, Run() with { Arguments = ofRun });

        Assert.Equal(command, task.Command.Value);
        Assert.Equal(["one", "two"], task.Command.Arguments);
    }

    [Fact]
    public void Command_WithoutShell_IsAProgramWithItsArguments()
    {
        var job = A.Job("nightly") with { Command = "/bin/echo", Shell = false, Arguments = ["one", "two words"] };

        var task = Task(job);
        var other = Task(job, Run() with { Arguments = "three  four" });

        Assert.False(task.Command.Shell);
        Assert.Equal("/bin/echo", task.Command.Value);
        Assert.Equal(["/bin/echo", "one", "two words"], task.Command.Arguments);
        Assert.Equal(["/bin/echo", "three", "four"], other.Command.Arguments);
    }

    [Fact]
    public void Command_WithoutShellInADockerImage_IsLeftToTheEntryPoint()
    {
        var task = Task(A.Job("nightly") with { Command = "serve", Shell = false, Arguments = ["-v"], Container = new() { Type = "DOCKER", Image = "busybox" } });

        Assert.False(task.Command.HasValue);
        Assert.Equal(["serve", "-v"], task.Command.Arguments);
    }

    [Fact]
    public void Command_WithoutShellAndCommand_IsTheImagesOwn()
    {
        var task = Task(A.Job("nightly") with { Command = "", Shell = false, Container = new() { Type = "MESOS", Image = "busybox" } });

        Assert.False(task.Command.HasValue);
        Assert.Empty(task.Command.Arguments);
    }

    [Theory]
    [InlineData("http://files/run.sh", "\"./run.sh\" one")]
    [InlineData("ftp://files/a/b", "\"./b\" one")]
    public void Command_Address_IsDownloadedAndExecuted(string address, string command)
    {
        var task = Task(A.Job("nightly") with { Command = address, Arguments = ["one"], Fetch = [new("http://other")], Uris = ["http://third"] });

        var uri = Assert.Single(task.Command.Uris);
        Assert.Equal(address, uri.Value);
        Assert.True(uri.Executable);
        Assert.Equal(command, task.Command.Value);
        Assert.Empty(task.Command.Arguments);
    }

    [Fact]
    public void Command_FetchAndUris_AreFetched()
    {
        var task = Task(A.Job("nightly") with { Fetch = [new("http://a/x.tgz", Executable: true, Cache: true, Extract: false, OutputFile: "y")], Uris = ["http://b/z.tgz"] });

        Assert.Equal(
            ["http://a/x.tgz True True False y", "http://b/z.tgz False False True "],
            task.Command.Uris.Select(uri => $"{uri.Value} {uri.Executable} {uri.Cache} {uri.Extract} {uri.OutputFile}"));
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("", "root", "root")]
    [InlineData("alice", "root", "alice")]
    public void Command_User_IsTheJobsElseTheFlags(string ofJob, string? ofFlag, string? expected)
    {
        var task = Task(A.Job("nightly") with { RunAsUser = ofJob }, options: new() { User = ofFlag });

        Assert.Equal(expected, task.Command.HasUser ? task.Command.User : null);
    }

    [Fact]
    public void Of_MaxCompletionTime_IsToldToTheAgent() =>
        Assert.Equal(90_000_000_000, Task(A.Job("nightly") with { MaxCompletionTime = TimeSpan.FromSeconds(90) }).MaxCompletionTime.Nanoseconds);

    [Fact]
    public void Of_MaxCompletionTimeBeyondAllMeasure_IsCut() =>
        Assert.InRange(Task(A.Job("nightly") with { MaxCompletionTime = TimeSpan.MaxValue }).MaxCompletionTime.Nanoseconds, long.MaxValue - 1000, long.MaxValue);

    [Fact]
    public void Executor_OfItsOwn_GetsCommandAndDataAndTheContainer()
    {
        var task = Task(A.Job("nightly") with { Executor = "/opt/run", ExecutorFlags = "-v", Command = "count", RunAsUser = "alice", Uris = ["http://a"], Container = new() { Type = "MESOS", Image = "i" } });

        Assert.Null(task.Command);
        Assert.Null(task.Container);
        Assert.Equal(Id, task.Executor.ExecutorId.Value);
        Assert.Equal("framework", task.Executor.FrameworkId.Value);
        Assert.Equal("/opt/run", task.Executor.Command.Value);
        Assert.Equal("alice", task.Executor.Command.User);
        Assert.Equal("http://a", Assert.Single(task.Executor.Command.Uris).Value);
        Assert.Contains(task.Executor.Command.Environment.Variables, variable => variable is { Name: "TEPUI_JOB", Value: "nightly" });
        Assert.Equal("i", task.Executor.Container.Mesos.Image.Docker.Name);
        Assert.Equal("-v|count", task.Data.ToStringUtf8());
    }

    [Fact]
    public void Executor_TaskInfoData_IsSentAsItIs() =>
        Assert.Equal("ünï", Task(A.Job("nightly") with { Executor = "/opt/run", TaskInfoData = "ünï" }).Data.ToStringUtf8());

    [Fact]
    public void Container_Docker_HasImageNetworkParametersAndVolumes()
    {
        var task = Task(A.Job("nightly") with
        {
            Container = new()
            {
                Type = "DOCKER",
                Image = "busybox:1",
                Network = "BRIDGE",
                ForcePullImage = true,
                Parameters = [new("cap-add", "SYS_TIME")],
                NetworkName = "old",
                NetworkInfos = [new("net", "IPv6", [new("k", "v")], [new PortMapping(8080, 80, "tcp")])],
                Volumes =
                [
                    new("/host", "/in", "RO", null),
                    new(null, "scratch", null, null),
                    new(null, "/data", "RW", new ExternalVolume("vol", "rexray", [new Parameter("size", "1")])),
                ],
            },
        });

        var container = task.Container;
        Assert.Equal(ContainerInfo.Types.Type.Docker, container.Type);
        Assert.Equal("""{ "image": "busybox:1", "network": "BRIDGE", "parameters": [ { "key": "cap-add", "value": "SYS_TIME" } ], "forcePullImage": true }""", container.Docker.ToString());
        Assert.Equal(["old", "net"], container.NetworkInfos.Select(network => network.Name));
        Assert.Equal(Protocol.V1.NetworkInfo.Types.Protocol.Ipv6, Assert.Single(container.NetworkInfos[1].IpAddresses).Protocol);
        Assert.Equal("""{ "hostPort": 8080, "containerPort": 80, "protocol": "tcp" }""", Assert.Single(container.NetworkInfos[1].PortMappings).ToString());
        Assert.Equal("""{ "containerPath": "/in", "hostPath": "/host", "mode": "RO" }""", container.Volumes[0].ToString());
        Assert.Equal("""{ "containerPath": "scratch" }""", container.Volumes[1].ToString());
        Assert.Equal("rexray vol size=1", $"{container.Volumes[2].Source.DockerVolume.Driver} {container.Volumes[2].Source.DockerVolume.Name} {string.Join(',', container.Volumes[2].Source.DockerVolume.DriverOptions.Parameter.Select(option => $"{option.Key}={option.Value}"))}");
    }

    [Fact]
    public void Container_Mesos_HasItsImageFromTheCacheUnlessForced()
    {
        var cached = Task(A.Job("nightly") with { Container = new() { Type = "MESOS", Image = "busybox" } }).Container;
        var forced = Task(A.Job("nightly") with { Container = new() { Type = "MESOS", Image = "busybox", ForcePullImage = true } }).Container;

        Assert.Equal(ContainerInfo.Types.Type.Mesos, cached.Type);
        Assert.Equal("busybox", cached.Mesos.Image.Docker.Name);
        Assert.True(cached.Mesos.Image.Cached);
        Assert.False(forced.Mesos.Image.Cached);
    }

    private static Run Run() => new()
    {
        Id = A.Run("nightly", 4),
        Cause = new() { Kind = RunCauseKind.Schedule, FirstDue = A.Start, Due = A.Start },
        Since = A.Start,
        CreatedAt = A.Start,
        State = RunState.Launching,
        Attempt = 1,
        Attempts = [new() { Number = 1, Task = new(Id), Agent = new("agent-host1"), Hostname = "host1", LaunchedAt = A.Start }],
    };

    private static TaskInfo Task(JobSpec job, Run? run = null, JobsOptions? options = null)
    {
        var amounts = Demand.AmountsOf(job, new());
        return JobTask.Of(new(options ?? new(), new("framework"), job, run ?? Run(), "host1", amounts), new HeldOffer(An.Offer(), "*", 1, A.Start).Take(amounts));
    }

    private static IEnumerable<string> Variables(TaskInfo task) => task.Command.Environment.Variables.Select(variable => $"{variable.Name}={variable.Value}");
}
