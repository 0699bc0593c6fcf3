using Tepui.Protocol.V1;
using Tepui.Testing.Agent;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Agent.Core.Tests;

public sealed class CheckTests
{
    private readonly AgentHarness _agent = new();

    public CheckTests() => _agent.Connect();

    private ProbePlan[] Probes => [.. _agent.Effects.OfType<AgentEffect.RunProbe>().Select(effect => effect.Plan)];

    [Fact]
    public void Check_ReportsOnlyChanges()
    {
        var task = Make.Task("t1");
        task.Check = new()
        {
            Type = CheckInfo.Types.Type.Command,
            Command = new() { Command_ = new() { Value = "exit 2" } },
            IntervalSeconds = 1,
            TimeoutSeconds = 5,
        };
        Start(task);
        _agent.Pass(TimeSpan.FromSeconds(14.9));
        Assert.Empty(Probes);
        _agent.Pass(TimeSpan.FromSeconds(0.2));
        Assert.Equal("exit 2", Probes[0].Command!.Value);
        Assert.Equal(TimeSpan.FromSeconds(5), Probes[0].Timeout);

        foreach (var exit in new int?[] { 2, 2, null, 0 })
        {
            Answer(exit);
            _agent.Pass(TimeSpan.FromSeconds(1));
        }

        var updates = _agent.AcknowledgeAll();
        Assert.Equal(
            [null, null, 2, null, 0],
            updates.Select(update => update.CheckStatus.Command.HasExitCode ? update.CheckStatus.Command.ExitCode : (int?)null));
        Assert.All(updates.Skip(2), update => Assert.Equal((TaskState.TaskRunning, Reason.TaskCheckStatusUpdated), (update.State, update.Reason)));
        Assert.DoesNotContain(_agent.Effects, effect => effect is AgentEffect.KillContainer);
    }

    [Fact]
    public void HealthCheck_EnoughFailuresInARow_KillsTheTask()
    {
        var task = Healthy(grace: 0, failures: 3);
        Start(task);
        _agent.Pass(TimeSpan.Zero);

        foreach (var exit in new int?[] { 0, 0, 1, 0, 1, null, 1 })
        {
            _agent.Pass(TimeSpan.FromSeconds(1));
            Answer(exit);
        }

        Assert.Single(_agent.Effects.OfType<AgentEffect.KillContainer>());
        _agent.Pass(TimeSpan.FromSeconds(10));
        var probes = Probes.Length;
        _agent.Exit("t1", 15);
        var updates = _agent.AcknowledgeAll();

        Assert.Equal(7, probes);
        Assert.Equal([true, false, true, false, false, false], updates.Skip(2).SkipLast(1).Select(update => update.Healthy));
        Assert.All(updates.Skip(2).SkipLast(1), update => Assert.Equal(Reason.TaskHealthCheckStatusUpdated, update.Reason));
        Assert.Equal(TaskState.TaskKilled, updates[^1].State);
        Assert.True(updates[^1].HasHealthy);
        Assert.False(updates[^1].Healthy);
    }

    [Fact]
    public void HealthCheck_FailuresWithinTheGrace_DoNotCount()
    {
        Start(Healthy(grace: 3, failures: 1));

        for (var second = 0; second < 3; second++)
        {
            _agent.Pass(TimeSpan.FromSeconds(1));
            Answer(1);
        }

        Assert.DoesNotContain(_agent.Effects, effect => effect is AgentEffect.KillContainer);
        _agent.Pass(TimeSpan.FromSeconds(1));
        Answer(1);
        Assert.Single(_agent.Effects.OfType<AgentEffect.KillContainer>());
    }

    [Fact]
    public void HealthCheck_OverHttp_AsksTheRightPlaceAndTakes200To399()
    {
        var task = Make.Task("t1");
        task.HealthCheck = new()
        {
            Type = HealthCheck.Types.Type.Http,
            Http = new() { Port = 31000, Path = "/health", Protocol = NetworkInfo.Types.Protocol.Ipv6 },
            DelaySeconds = 0,
            GracePeriodSeconds = 0,
            TimeoutSeconds = 0,
        };
        Start(task);
        _agent.Pass(TimeSpan.Zero);

        Assert.Equal("http://[::1]:31000/health", Probes[0].Http!.AbsoluteUri);
        Assert.Null(Probes[0].Timeout);
        _agent.Step(new AgentInput.Probed(Probes[0].Id, new() { Type = CheckInfo.Types.Type.Http, Http = new() { StatusCode = 399 } }, Failure: null));
        _agent.Pass(TimeSpan.FromSeconds(10));
        _agent.Step(new AgentInput.Probed(Probes[1].Id, new() { Type = CheckInfo.Types.Type.Http, Http = new() { StatusCode = 400 } }, Failure: null));

        Assert.Equal([true, false], _agent.AcknowledgeAll().Skip(2).Select(update => update.Healthy));
    }

    [Fact]
    public void HealthCheck_ThatSaysNothingToDo_FailsRatherThanHangs()
    {
        var task = Make.Task("t1");
        task.HealthCheck = new() { Type = HealthCheck.Types.Type.Tcp, Tcp = new() { Port = 70000 }, DelaySeconds = 0, GracePeriodSeconds = 0, ConsecutiveFailures = 2 };
        Start(task);

        _agent.Pass(TimeSpan.FromSeconds(10));

        Assert.Single(_agent.Effects.OfType<AgentEffect.KillContainer>());
        Assert.Empty(Probes);
    }

    [Fact]
    public void Probe_AnsweredAfterTheEnd_ChangesNothing()
    {
        Start(Healthy(grace: 0, failures: 1));
        _agent.Pass(TimeSpan.FromSeconds(1));
        _agent.Exit("t1", 0);
        _agent.Clear();

        Answer(1, Probes.Length == 0 ? new ProbeId(1) : Probes[^1].Id);

        Assert.Empty(_agent.Effects);
    }

    [Fact]
    public void Check_WithoutIntervalThatCannotRun_LeavesTheAgentTimeForTheRest()
    {
        var task = Make.Task("t1");
        task.Check = new() { Type = CheckInfo.Types.Type.Tcp, Tcp = new() { Port = 70_000 }, DelaySeconds = 0, IntervalSeconds = 0 };

        Start(task);
        _agent.Pass(TimeSpan.FromMilliseconds(25));
        _agent.Exit("t1", 0);

        Assert.Equal(TaskState.TaskFinished, _agent.AcknowledgeAll()[^1].State);
    }

    private static TaskInfo Healthy(double grace, uint failures)
    {
        var task = Make.Task("t1");
        task.HealthCheck = new()
        {
            Type = HealthCheck.Types.Type.Command,
            Command = new() { Value = "true" },
            DelaySeconds = 1,
            IntervalSeconds = 1,
            GracePeriodSeconds = grace,
            ConsecutiveFailures = failures,
        };
        return task;
    }

    private void Start(TaskInfo task)
    {
        _agent.Run(task);
        _agent.Start(task.TaskId.Value);
    }

    private void Answer(int? exit, ProbeId? probe = null)
    {
        var outcome = new CheckStatusInfo { Type = CheckInfo.Types.Type.Command, Command = new() };
        if (exit is { } code)
        {
            outcome.Command.ExitCode = code;
        }

        _agent.Step(new AgentInput.Probed(probe ?? Probes[^1].Id, outcome, exit is null ? "timed out" : null));
    }
}
