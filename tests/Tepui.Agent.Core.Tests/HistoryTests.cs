using Google.Protobuf;
using Tepui.Agent.Core.Views;
using Tepui.Protocol.Checkpoints;
using Tepui.Protocol.V1;
using Tepui.Testing.Agent;

namespace Tepui.Agent.Core.Tests;

/// <summary>What was over before a restart is shown after it.</summary>
public sealed class HistoryTests
{
    private readonly AgentHarness _agent = new();

    public HistoryTests() => _agent.Connect();

    private AgentView View => _agent.Core.View(_agent.Now);

    [Fact]
    public void Restart_CompletedTask_IsShownAsBefore()
    {
        Finish("t1");
        var before = Assert.Single(Assert.Single(View.CompletedFrameworks).CompletedExecutors);

        _agent.Restart();

        Assert.Empty(View.Frameworks);
        var framework = Assert.Single(View.CompletedFrameworks);
        Assert.Equal(Make.Framework(), framework.Info);
        var after = Assert.Single(framework.CompletedExecutors);
        Assert.Equal((before.Info, before.Container, before.Directory, before.State), (after.Info, after.Container, after.Directory, after.State));
        Assert.True(after.IsCommandExecutor);
        Assert.Equal(before.CompletedTasks.Select(task => task.ToByteString()), after.CompletedTasks.Select(task => task.ToByteString()));
        Assert.Equal(TaskState.TaskFinished, Assert.Single(after.CompletedTasks).State);
    }

    [Fact]
    public void Restart_FrameworkStillHere_HasItsCompletedTasksToo()
    {
        Finish("t1");
        _agent.Run(Make.Task("t2"));
        _agent.Start("t2");

        _agent.Restart();

        Assert.Empty(View.CompletedFrameworks);
        var framework = Assert.Single(View.Frameworks);
        Assert.Equal("t1", Assert.Single(framework.CompletedExecutors).CompletedTasks.Single().TaskId.Value);
        Assert.Single(framework.Executors);
    }

    [Fact]
    public void Reregistration_AfterARestart_TellsCompletedTasks()
    {
        Finish("t1");
        Finish("t2");
        Finish("t1", Make.Framework("F-0002"));
        _agent.Restart();

        _agent.Connect();

        var told = _agent.Frames.First().Reregister.CompletedFrameworks;
        Assert.Equal([("F-0001", "t1,t2"), ("F-0002", "t1")], told.Select(framework =>
            (framework.FrameworkInfo.Id.Value, string.Join(',', framework.Tasks.Select(task => task.TaskId.Value)))));
        Assert.Empty(_agent.Frames.First().Reregister.Tasks);
    }

    [Fact]
    public void History_BeyondTheBounds_IsForgottenOnDiskToo()
    {
        _agent.Options = _agent.Options with { MaxCompletedExecutorsPerFramework = 2, MaxCompletedFrameworks = 1 };
        _agent.Restart();
        _agent.Connect();

        foreach (var id in new[] { "t1", "t2", "t3" })
        {
            Finish(id);
        }

        Assert.Equal(["t2", "t3"], Told());
        Finish("t4", Make.Framework("F-0002"));
        Assert.Equal(["t4"], Told());
        Assert.Equal(4, _agent.DiskKeys.Count(key => key.StartsWith("runs/", StringComparison.Ordinal)));
    }

    [Fact]
    public void History_OfASandboxCollected_LeavesNothingOnDisk()
    {
        _agent.Options = _agent.Options with { MaxCompletedExecutorsPerFramework = 1 };
        _agent.Restart();
        _agent.Connect();
        Finish("t1");
        _agent.Pass(TimeSpan.FromDays(8));
        _agent.Connect();

        Finish("t2");

        Assert.Equal(["t2"], Told());
        Assert.Single(_agent.DiskKeys, key => key.StartsWith("runs/", StringComparison.Ordinal));
    }

    [Fact]
    public void History_OfAnotherAgent_IsNotShown()
    {
        Finish("t1");
        _agent.Forget("agent");

        _agent.Restart();

        Assert.Empty(View.CompletedFrameworks);
        Assert.Equal(1, View.Counters["gc/path_removals_pending"]);
    }

    private void Finish(string id, FrameworkInfo? framework = null)
    {
        _agent.Run(Make.Task(id), framework);
        _agent.Start(id);
        _agent.Exit(id, 0);
        _agent.AcknowledgeAll(framework?.Id.Value ?? Make.FrameworkId);
        _agent.Pass(TimeSpan.FromSeconds(1));
        _agent.Clear();
    }

    private IEnumerable<string> Told() => _agent.Disk()
        .Select(pair => pair.Value).OfType<RunEntry>()
        .Where(entry => entry.History is not null)
        .OrderBy(entry => entry.History.Tasks[0].TaskId.Value, StringComparer.Ordinal)
        .Select(entry => entry.History.Tasks[0].TaskId.Value);
}
