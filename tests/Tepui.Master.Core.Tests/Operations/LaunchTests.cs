using Tepui.Protocol.V1;
using Tepui.Testing;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Master.Core.Tests.Operations;

/// <summary>What is launched, and what is refused beyond the captured cases.</summary>
public sealed class LaunchTests
{
    private readonly MasterHarness _master = new();
    private readonly LinkId _link;
    private readonly StreamId _stream;
    private readonly Offer _offer;

    public LaunchTests()
    {
        _link = _master.Link(An.Arrival());
        _stream = _master.Subscribe(A.Framework(failover: 60));
        _master.Settle();
        _offer = _master.Offers(_stream)[0];
        _master.Forget();
    }

    [Fact]
    public void Launch_UnderAnExecutor_FillsInItsOwnerAndCountsItOnce()
    {
        var executor = A.Executor("e", cpus: 1);
        _master.Accept(_stream, [_offer], A.Launch(A.TaskUnder(executor, "t1", _offer.AgentId), A.TaskUnder(executor, "t2", _offer.AgentId)));

        var runs = _master.Frames(_link).Select(static frame => frame.RunTask).ToArray();
        Assert.Equal([true, false], runs.Select(static run => run.LaunchExecutor));
        Assert.All(runs, run => Assert.Equal(_offer.FrameworkId, run.Task.Executor.FrameworkId));
        Assert.Null(executor.FrameworkId);
        Assert.Equal("*", runs[0].Task.Executor.Resources[0].AllocationInfo.Role);
        Assert.Equal(1200, _master.View.Agents[0].Allocated.Scalar("cpus"));
        Assert.Equal("e", Assert.Single(_master.View.Agents[0].Executors).ExecutorId.Value);
        Assert.Equal("e", _master.View.Frameworks[0].Tasks[0].Task.ExecutorId.Value);
    }

    [Fact]
    public void Launch_CommandTask_ShowsNoExecutor()
    {
        _master.Accept(_stream, [_offer], A.Launch(A.Task("t1", _offer.AgentId)));

        Assert.Empty(_master.View.Agents[0].Executors);
        Assert.Null(_master.View.Frameworks[0].Tasks[0].Task.ExecutorId);
        Assert.Null(_master.Frames(_link).Single().RunTask.Task.Executor);
    }

    [Fact]
    public void Launch_ExecutorOtherThanTheRunningOne_IsRefused()
    {
        _master.Accept(_stream, [_offer], A.Launch(A.TaskUnder(A.Executor("e"), "t1", _offer.AgentId), A.TaskUnder(A.Executor("e", cpus: 2), "t2", _offer.AgentId)));

        var status = Assert.Single(_master.Updates(_stream));
        Assert.Equal("t2", status.TaskId.Value);
        Assert.Equal("ExecutorInfo is not compatible with existing ExecutorInfo with same ExecutorID 'e'", status.Message);
    }

    [Fact]
    public void Launch_HealthCheckWithoutType_GetsTheOneItMeans()
    {
        var command = A.Task("t1", _offer.AgentId);
        command.HealthCheck = new() { Command = new() { Value = "true" } };
        var http = A.Task("t2", _offer.AgentId);
        http.HealthCheck = new() { Http = new() { Port = 80 } };

        _master.Accept(_stream, [_offer], A.Launch(command, http));

        Assert.Equal(
            [HealthCheck.Types.Type.Command, HealthCheck.Types.Type.Http],
            _master.Frames(_link).Select(static frame => frame.RunTask.Task.HealthCheck.Type));
        Assert.False(command.HealthCheck.HasType);
    }

    [Fact]
    public void Launch_OperationWithAnId_IsRefused()
    {
        var operation = A.Launch(A.Task("t1", _offer.AgentId));
        operation.Id = new() { Value = "o" };

        _master.Accept(_stream, [_offer], operation);

        var status = Assert.Single(_master.Updates(_stream));
        Assert.Equal((TaskState.TaskError, Reason.TaskInvalid), (status.State, status.Reason));
        Assert.Empty(_master.Frames(_link));
    }

    [Fact]
    public void Launch_SameIdTwice_RunsTheFirst()
    {
        _master.Accept(_stream, [_offer], A.Launch(A.Task("t1", _offer.AgentId), A.Task("t1", _offer.AgentId)));

        Assert.Single(_master.Frames(_link));
        Assert.Equal("Task has duplicate ID: t1", Assert.Single(_master.Updates(_stream)).Message);
    }

    [Fact]
    public void Launch_WithPorts_KeepsThemApart()
    {
        var first = A.Task("t1", _offer.AgentId);
        first.Resources.Add(A.Ranges("ports", 31000, 31001));
        var second = A.Task("t2", _offer.AgentId);
        second.Resources.Add(A.Ranges("ports", 31001, 31002));

        _master.Accept(_stream, [_offer], A.Launch(first, second));

        Assert.Contains("is more than available ports(allocated: *):[31002-32000]", Assert.Single(_master.Updates(_stream)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Launch_AfterADroppedOne_UsesTheRest()
    {
        _master.Accept(_stream, [_offer], A.Launch(A.Task("big", _offer.AgentId, cpus: 9)), A.Launch(A.Task("small", _offer.AgentId, cpus: 8)));

        Assert.Equal("big", Assert.Single(_master.Updates(_stream)).TaskId.Value);
        Assert.Equal("small", Assert.Single(_master.Frames(_link)).RunTask.Task.Name);
    }

    public static TheoryData<string, Action<TaskInfo>, string> Wrong => new()
    {
        { "kill grace", static t => t.KillPolicy = new() { GracePeriod = new() { Nanoseconds = -1 } }, "Task's 'kill_policy.grace_period' must be non-negative" },
        { "check path", static t => t.Check = new() { Type = CheckInfo.Types.Type.Http, Http = new() { Port = 1, Path = "x" } }, "Task uses invalid check: The path 'x' of HTTP check must start with '/'" },
        { "check tcp", static t => t.Check = new() { Type = CheckInfo.Types.Type.Tcp }, "Task uses invalid check: Expecting 'tcp' to be set for TCP check" },
        { "check delay", static t => t.Check = new() { Type = CheckInfo.Types.Type.Tcp, Tcp = new() { Port = 1 }, DelaySeconds = -1 }, "Task uses invalid check: Expecting 'delay_seconds' to be non-negative" },
        { "health grace", static t => t.HealthCheck = new() { Type = HealthCheck.Types.Type.Tcp, Tcp = new() { Port = 1 }, GracePeriodSeconds = double.NaN }, "Task uses invalid health check: Expecting 'grace_period_seconds' to be non-negative" },
        { "health type", static t => t.HealthCheck = new(), "Task uses invalid health check: HealthCheck must specify 'type'" },
        { "revocable mix", static t => t.Resources.Add(new Resource { Name = "cpus", Type = Value.Types.Type.Scalar, Scalar = new() { Value = 1 }, Revocable = new() }), "Task uses invalid resources: Cannot use both revocable and non-revocable 'cpus' at the same time" },
        { "two roles", static t => { t.Resources[0].AllocationInfo = new() { Role = "a" }; t.Resources[1].AllocationInfo = new() { Role = "b" }; }, "Task uses invalid resources: The resources have multiple allocation roles ('a' and 'b') but only one allocation role is allowed" },
        { "gpus", static t => t.Resources.Add(A.Scalar("gpus", 0.5)), "Task uses invalid resources: The 'gpus' resource must be an unsigned integer, and is 0.5" },
        { "too much in all", static t => t.Resources.Add([.. Enumerable.Repeat(A.Scalar("cpus", 1L << 40), 20)]), "Task uses invalid resources: The sum of 'cpus' is more than 1099511627776" },
        { "ports twice", static t => t.Resources.Add([A.Ranges("ports", 31000, 31005), A.Ranges("ports", 31005, 31010)]), "Resource 'ports' is named twice in part: ports:[31005-31010]" },
        { "secret unset", static t => t.Command.Environment = new() { Variables = { new Protocol.V1.Environment.Types.Variable { Name = "A", Type = Protocol.V1.Environment.Types.Variable.Types.Type.Secret } } }, "Task's `CommandInfo` is invalid: Environment variable 'A' of type 'SECRET' must have a secret set" },
        { "unknown variable", static t => t.Command.Environment = new() { Variables = { new Protocol.V1.Environment.Types.Variable { Name = "A", Type = Protocol.V1.Environment.Types.Variable.Types.Type.Unknown } } }, "Task's `CommandInfo` is invalid: Environment variable of type 'UNKNOWN' is not allowed" },
        { "two volume sources", static t => t.Container = new() { Type = ContainerInfo.Types.Type.Mesos, Volumes = { new Volume { Mode = Volume.Types.Mode.Rw, ContainerPath = "p" } } }, "Task's `ContainerInfo` is invalid: Exactly one of 'host_path', 'image' and 'source' must be set for volume 'p', and 0 are" },
        { "docker name", static t => t.Container = new() { Type = ContainerInfo.Types.Type.Docker, Docker = new() { Image = "i", Parameters = { new Parameter { Key = "name", Value = "x" } } } }, "Task's `ContainerInfo` is invalid: Parameter in DockerInfo must not be 'name'" },
        { "memory limit", static t => t.Limits["mem"] = new() { Value = 1 }, "The memory limit must be greater than or equal to the memory request" },
        { "cgroups of its own", static t => t.Container = new() { Type = ContainerInfo.Types.Type.Mesos, LinuxInfo = new() { ShareCgroups = false } }, "The 'share_cgroups' field cannot be set to 'false' on a task outside a task group" },
        { "executor without command", static t => { t.Command = null; t.Executor = new() { ExecutorId = new() { Value = "e" } }; }, "'ExecutorInfo.command' must be set for 'CUSTOM' executor" },
        { "executor id", static t => { t.Command = null; t.Executor = A.Executor(".."); }, "'..' is disallowed" },
        { "executor grace", static t => { t.Command = null; t.Executor = A.Executor("e"); t.Executor.ShutdownGracePeriod = new() { Nanoseconds = -1 }; }, "ExecutorInfo's 'shutdown_grace_period' must be non-negative" },
        { "executor resources", static t => { t.Command = null; t.Executor = A.Executor("e", cpus: -2); }, "Resource 'cpus:-2' is invalid: Invalid scalar resource: value <= 0" },
        { "nothing at all", static t => { t.TaskId = null; }, "ID must not be empty" },
        { "no agent", static t => { t.AgentId = null; }, "Task uses invalid agent  while agent master1-S0 is expected" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Launch_Wrong_IsATaskErrorAndNothingRuns(string what, Action<TaskInfo> spoil, string message)
    {
        var task = A.Task("t1", _offer.AgentId);
        spoil(task);

        _master.Accept(_stream, [_offer], A.Launch(task));

        var status = Assert.Single(_master.Updates(_stream));
        Assert.Equal((what, message), (what, status.Message));
        Assert.Equal((TaskState.TaskError, Reason.TaskInvalid), (status.State, status.Reason));
        Assert.Empty(_master.Frames(_link));
        Assert.True(_master.View.Agents[0].Allocated.IsEmpty);
    }

    [Fact]
    public void Launch_LimitsOnAnAgentWithoutThem_IsRefused()
    {
        var master = new MasterHarness();
        var arrival = An.Arrival();
        arrival.Register.Capabilities.Clear();
        master.Link(arrival);
        var stream = master.Subscribe(A.Framework());
        master.Settle();
        var offer = master.Offers(stream)[0];
        var task = A.Task("t1", offer.AgentId);
        task.Limits["cpus"] = new() { Value = double.PositiveInfinity };

        master.Accept(stream, [offer], A.Launch(task));
        _master.Accept(_stream, [_offer], A.Launch(task));

        Assert.Equal("Agent master1-S0 does not support task resource limits", Assert.Single(master.Updates(stream)).Message);
        Assert.Empty(_master.Updates(_stream));
    }

    [Fact]
    public void Group_IsLaunchedWhole()
    {
        var executor = A.GroupExecutor("ge", _offer.FrameworkId);
        _master.Accept(_stream, [_offer], A.LaunchGroup(executor, A.Task("t1", _offer.AgentId), A.Task("t2", _offer.AgentId)));

        var group = Assert.Single(_master.Frames(_link)).RunTaskGroup;
        Assert.True(group.LaunchExecutor);
        Assert.Equal(["t1", "t2"], group.TaskGroup.Tasks.Select(static task => task.Name));
        Assert.Equal(300, _master.View.Agents[0].Allocated.Scalar("cpus"));
        Assert.All(_master.View.Frameworks[0].Tasks, static task => Assert.Equal("ge", task.Task.ExecutorId.Value));

        _master.Settle();
        _master.Forget();
        _master.Accept(_stream, [_master.OpenOffer()], A.LaunchGroup(executor, A.Task("t3", _offer.AgentId)));
        Assert.False(Assert.Single(_master.Frames(_link)).RunTaskGroup.LaunchExecutor);
        Assert.Equal(400, _master.View.Agents[0].Allocated.Scalar("cpus"));
    }

    [Fact]
    public void Group_OneTaskBad_FailsAllNamingIt()
    {
        _master.Accept(_stream, [_offer], A.LaunchGroup(
            A.GroupExecutor("ge", _offer.FrameworkId),
            A.Task("t1", _offer.AgentId),
            A.Task("a/b", _offer.AgentId)));

        Assert.Equal(["t1", "a/b"], _master.Updates(_stream).Select(static status => status.TaskId.Value));
        Assert.All(_master.Updates(_stream), static status => Assert.Equal(
            (TaskState.TaskError, Reason.TaskGroupInvalid, "Task 'a/b' is invalid: 'a/b' contains invalid characters"),
            (status.State, status.Reason, status.Message)));
        Assert.Empty(_master.Frames(_link));
        Assert.True(_master.View.Agents[0].Allocated.IsEmpty);
    }

    [Fact]
    public void Group_SameIdTwice_IsADuplicate()
    {
        _master.Accept(_stream, [_offer], A.LaunchGroup(
            A.GroupExecutor("ge", _offer.FrameworkId),
            A.Task("t1", _offer.AgentId),
            A.Task("t1", _offer.AgentId)));

        Assert.Equal(2, _master.Updates(_stream).Count);
        Assert.All(_master.Updates(_stream), static status => Assert.Equal("Task 't1' is invalid: Task has duplicate ID: t1", status.Message));
    }

    [Fact]
    public void Group_Empty_DoesNothing()
    {
        _master.Accept(_stream, [_offer], A.LaunchGroup(A.GroupExecutor("ge", _offer.FrameworkId)), new() { Type = Offer.Types.Operation.Types.Type.LaunchGroup });

        Assert.Empty(_master.Frames(_link));
        Assert.Empty(_master.Updates(_stream));
    }

    [Fact]
    public void Group_MoreThanIsThere_IsRefused()
    {
        _master.Accept(_stream, [_offer], A.LaunchGroup(A.GroupExecutor("ge", _offer.FrameworkId), A.Task("t1", _offer.AgentId, cpus: 4), A.Task("t2", _offer.AgentId, cpus: 4)));

        Assert.All(_master.Updates(_stream), static status => Assert.StartsWith("Total resources cpus(allocated: *):8.1;", status.Message, StringComparison.Ordinal));
        Assert.Equal(2, _master.Updates(_stream).Count);
    }

    public static TheoryData<string, Action<ExecutorInfo, TaskInfo>, string> WrongGroups => new()
    {
        { "limits", static (_, t) => t.Limits["mem"] = new() { Value = 64 }, "Task 't1' is invalid: Resource limits may only be set for tasks within a task group when the 'share_cgroups' field is set to 'false'" },
        { "no command", static (_, t) => t.Command = null, "Task 't1' is invalid: 'TaskInfo.command' must be set" },
        { "default with command", static (e, _) => e.Command = new(), "'ExecutorInfo.command' must not be set for 'DEFAULT' executor" },
        { "little memory", static (e, _) => e.Resources[1].Scalar.Value = 16, "Executor 'ge' uses less memory (16MB) than the minimum required (32MB)" },
        { "no disk", static (e, _) => e.Resources.RemoveAt(2), "Executor 'ge' uses no disk" },
        { "unknown type", static (e, _) => e.Type = ExecutorInfo.Types.Type.Unknown, "Unknown executor type" },
        { "no id", static (e, _) => e.ExecutorId = null, "ID must not be empty" },
        { "shared cgroups", static (e, _) => e.Container = new() { Type = ContainerInfo.Types.Type.Mesos, LinuxInfo = new() { ShareCgroups = true } }, "The 'share_cgroups' field cannot be set to 'true' on the container of an executor" },
    };

    [Theory, MemberData(nameof(WrongGroups))]
    public void Group_Wrong_IsRefused(string what, Action<ExecutorInfo, TaskInfo> spoil, string message)
    {
        var executor = A.GroupExecutor("ge", _offer.FrameworkId);
        var task = A.Task("t1", _offer.AgentId);
        spoil(executor, task);

        _master.Accept(_stream, [_offer], A.LaunchGroup(executor, task));

        Assert.Equal((what, message), (what, Assert.Single(_master.Updates(_stream)).Message));
        Assert.Empty(_master.Frames(_link));
    }

    [Fact]
    public void Launch_InvalidOffers_LosesEveryTaskOfTheCall()
    {
        var aware = _master.Subscribe(A.Framework(can: Capability.PartitionAware));
        var framework = _master.FrameworkOf(aware).ToWire();
        var gone = _offer.Clone();
        gone.FrameworkId = framework;
        gone.Id = new() { Value = "nope" };

        _master.Accept(aware, [gone], A.Launch(A.Task("t1", _offer.AgentId)), A.LaunchGroup(A.GroupExecutor("e", framework), A.Task("t2", _offer.AgentId)));

        Assert.Equal(["t1", "t2"], _master.Updates(aware).Select(static status => status.TaskId.Value));
        Assert.All(_master.Updates(aware), static status => Assert.Equal(
            (TaskState.TaskDropped, Reason.InvalidOffers, "Task launched with invalid offers: Offer nope is no longer valid"),
            (status.State, status.Reason, status.Message)));
        Assert.Equal(2, _master.View.Counters["master/tasks_dropped"]);
    }
}
