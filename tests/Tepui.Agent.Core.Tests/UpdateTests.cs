using Google.Protobuf;
using Tepui.Protocol.V1;
using Tepui.Testing.Agent;

namespace Tepui.Agent.Core.Tests;

public sealed class UpdateTests
{
    private readonly AgentHarness _agent = new();

    public UpdateTests()
    {
        _agent.Connect();
        _agent.Run(Make.Task("t1"));
        _agent.Start("t1");
    }

    [Fact]
    public void Update_Unacknowledged_IsSentAgainWithDoublingWaits()
    {
        var first = _agent.Updates.Single();
        _agent.Clear();
        var sent = new List<double>();
        var start = _agent.Now;

        for (var i = 0; i < 9; i++)
        {
            KeepAlive();
            while (!_agent.Updates.Any())
            {
                _agent.Pass(TimeSpan.FromSeconds(1));
                KeepAlive();
            }

            Assert.Equal(first.Uuid, Assert.Single(_agent.Updates).Uuid);
            sent.Add((_agent.Now - start).TotalSeconds);
            start = _agent.Now;
            _agent.Clear();
        }

        Assert.Equal([10, 20, 40, 80, 160, 320, 600, 600, 600], sent);
    }

    [Fact]
    public void Update_CarriesTheLatestState()
    {
        _agent.Clear();
        _agent.Exit("t1", 0);

        _agent.Disconnect();
        _agent.Connect();

        var frame = Assert.Single(_agent.Frames, frame => frame.StatusUpdate is not null).StatusUpdate;
        Assert.Equal(TaskState.TaskStarting, frame.Status.State);
        Assert.Equal(TaskState.TaskFinished, frame.LatestState);
    }

    [Fact]
    public void Update_OnReregistration_IsSentAtOnceAndWithTheShortestWait()
    {
        _agent.Pass(TimeSpan.FromSeconds(31));
        _agent.Disconnect();
        _agent.Clear();
        _agent.Pass(TimeSpan.FromHours(1));
        Assert.Empty(_agent.Updates);

        _agent.Connect();
        Assert.Single(_agent.Updates);
        _agent.Pass(TimeSpan.FromSeconds(9.9));
        Assert.Single(_agent.Updates);
        _agent.Pass(TimeSpan.FromSeconds(0.2));

        Assert.Equal(2, _agent.Updates.Count());
    }

    [Fact]
    public void UpdateFramework_ResendsAndTakesTheNewInfo()
    {
        _agent.Clear();
        var info = Make.Framework();
        info.Name = "renamed";

        _agent.Send(new() { UpdateFramework = new() { Framework = info } });

        Assert.Single(_agent.Updates);
        Assert.Equal("renamed", _agent.Core.View(_agent.Now).Frameworks[0].Info.Name);
    }

    [Fact]
    public void Acknowledgement_OfAnotherUuid_ChangesNothing()
    {
        var update = _agent.Updates.Single().Clone();
        update.Uuid = ByteString.CopyFrom(new byte[16]);
        _agent.Clear();

        _agent.Acknowledge(update);

        Assert.Empty(_agent.Effects);
    }

    [Fact]
    public void Acknowledgement_Repeated_ChangesNothing()
    {
        var update = _agent.Updates.Single();
        _agent.Acknowledge(update);
        _agent.Clear();

        _agent.Acknowledge(update);

        Assert.Empty(_agent.Effects);
    }

    [Fact]
    public void Task_WhileDisconnected_ReportsEverythingAfterwards()
    {
        _agent.Disconnect();
        _agent.Exit("t1", 0);
        _agent.Clear();

        _agent.Connect();

        var hello = _agent.Frames.First(frame => frame.Reregister is not null).Reregister;
        var task = Assert.Single(hello.Tasks);
        Assert.Equal(TaskState.TaskFinished, task.State);
        Assert.Equal(TaskState.TaskStarting, task.StatusUpdateState);
        Assert.Equal(Make.FrameworkId, Assert.Single(hello.Frameworks).Id.Value);
        Assert.Empty(hello.Executors);
        Assert.Equal(
            [TaskState.TaskStarting, TaskState.TaskRunning, TaskState.TaskFinished],
            _agent.AcknowledgeAll().Select(update => update.State));
    }

    private void KeepAlive() => _agent.Send(new() { Ping = new() { Connected = true } });
}
