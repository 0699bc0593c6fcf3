using Tepui.Testing.Agent;

namespace Tepui.Agent.Core.Tests;

public sealed class SandboxTests
{
    private readonly AgentHarness _agent = new();

    public SandboxTests() => _agent.Connect();

    private string[] Removed => [.. _agent.Effects.OfType<AgentEffect.RemoveDirectory>().Select(effect => effect.Directory)];

    [Fact]
    public void Sandbox_OfAnEndedTask_IsRemovedAfterTheDelay()
    {
        var directory = Finish("t1");

        Sleep(TimeSpan.FromDays(6.9));
        Assert.Empty(Removed);
        Sleep(TimeSpan.FromDays(0.2));

        Assert.Equal([directory], Removed);
        Assert.Equal(["agent", "epoch"], _agent.DiskKeys);
    }

    [Fact]
    public void Sandbox_OfAnEndedTask_IsRemembered()
    {
        var directory = Finish("t1");
        Sleep(TimeSpan.FromDays(6));

        _agent.Restart();
        Sleep(TimeSpan.FromDays(0.9));
        Assert.Empty(Removed);
        Sleep(TimeSpan.FromDays(0.2));

        Assert.Equal([directory], Removed);
    }

    [Fact]
    public void Sandboxes_WithAFullDisk_GoEarlierOldestFirst()
    {
        var first = Finish("t1");
        Sleep(TimeSpan.FromDays(2));
        var second = Finish("t2");
        Assert.Equal(2, _agent.Core.View(_agent.Now).Counters["gc/path_removals_pending"]);

        _agent.Step(new AgentInput.DiskMeasured(0.6));
        Assert.Empty(Removed);
        _agent.Step(new AgentInput.DiskMeasured(0.7));
        Assert.Equal([first], Removed);
        Assert.InRange(_agent.Core.View(_agent.Now).Counters["slave/executor_directory_max_allowed_age_secs"], 120_959, 120_961);
        _agent.Step(new AgentInput.DiskMeasured(0.95));

        Assert.Equal([first, second], Removed);
    }

    [Fact]
    public void Sandbox_OfARunningTask_IsNeverRemoved()
    {
        _agent.Run(Make.Task("t1"));
        _agent.Start("t1");

        _agent.Step(new AgentInput.DiskMeasured(1));
        Sleep(TimeSpan.FromDays(30));

        Assert.Empty(Removed);
    }

    [Fact]
    public void Completed_ListsAreBounded()
    {
        var agent = new AgentHarness(options => options with { MaxCompletedExecutorsPerFramework = 2, MaxCompletedFrameworks = 1 });
        agent.Connect();
        for (var i = 0; i < 4; i++)
        {
            agent.Run(Make.Task($"t{i}"));
            agent.Start($"t{i}");
            agent.Exit($"t{i}", 0);
            agent.AcknowledgeAll();
        }

        var framework = Assert.Single(agent.Core.View(agent.Now).CompletedFrameworks);
        Assert.Equal(["t2", "t3"], framework.CompletedExecutors.Select(executor => executor.Info.ExecutorId.Value));
    }

    private string Finish(string task)
    {
        if (!_agent.Core.View(_agent.Now).Registered)
        {
            _agent.Connect();
        }

        _agent.Run(Make.Task(task));
        _agent.Start(task);
        _agent.Exit(task, 0);
        _agent.AcknowledgeAll();
        return _agent.Started[^1].Directory;
    }

    /// <summary>Passes time without pings: the link ends, which is not what these tests are about.</summary>
    private void Sleep(TimeSpan time) => _agent.Pass(time);
}
