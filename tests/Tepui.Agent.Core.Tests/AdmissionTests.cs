using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Tepui.Testing.Agent;
using Reason = Tepui.Protocol.V1.TaskStatus.Types.Reason;

namespace Tepui.Agent.Core.Tests;

public sealed class AdmissionTests
{
    private readonly AgentHarness _agent = new();

    [Fact]
    public void Link_Opened_AsksToJoinAndKeepsTheId()
    {
        _agent.OpenLink();
        var register = Assert.Single(_agent.Frames).Register;
        Assert.Null(register.AgentInfo.Id);
        Assert.Equal("127.0.0.1", register.Ip);
        Assert.False(_agent.Core.View(_agent.Now).Registered);

        _agent.Admit();

        Assert.True(_agent.Core.View(_agent.Now).Registered);
        Assert.Equal(Make.AgentId, _agent.Core.View(_agent.Now).Info.Id.Value);
        Assert.Equal(["agent", "epoch"], _agent.DiskKeys);
        _agent.Restart();
        _agent.OpenLink();
        Assert.Equal(Make.AgentId, Assert.Single(_agent.Frames).Reregister.AgentInfo.Id.Value);
    }

    [Fact]
    public void Frame_BelowTheHighestEpoch_IsRefusedEvenAfterARestart()
    {
        _agent.Epoch = 5;
        _agent.Connect();
        _agent.Epoch = 4;
        _agent.Clear();
        _agent.Run(Make.Task("t1"));
        Assert.Empty(_agent.Started);
        Assert.IsType<AgentEffect.CloseLink>(Assert.Single(_agent.Effects));

        _agent.Restart();
        _agent.OpenLink();
        Assert.Equal(5u, Assert.Single(_agent.Frames).Reregister.EpochSeen);
        _agent.Admit();

        Assert.False(_agent.Core.View(_agent.Now).Registered);
        _agent.Epoch = 6;
        _agent.Connect();
        Assert.True(_agent.Core.View(_agent.Now).Registered);
    }

    [Fact]
    public void Command_BeforeAdmission_IsIgnored()
    {
        _agent.OpenLink();

        _agent.Run(Make.Task("t1"));

        Assert.Empty(_agent.Started);
    }

    [Fact]
    public void Frame_OfAnOldLink_IsIgnored()
    {
        _agent.Connect();
        var old = _agent.Link;
        _agent.Connect();
        Assert.Contains(new AgentEffect.CloseLink(old), _agent.Effects);
        _agent.Clear();

        _agent.Step(new AgentInput.FromMaster(old, new MasterFrame { Epoch = 1, Ping = new() { Connected = true } }));

        Assert.Empty(_agent.Effects);
    }

    [Fact]
    public void Ping_IsAnsweredOnceWithTheUsage()
    {
        _agent.Connect();
        _agent.Clear();
        _agent.Step(new AgentInput.UsageSampled(new() { Cpus = 1.5, MemBytes = 10, DiskBytes = 20 }));

        _agent.Send(new() { Ping = new() { Connected = true } });
        _agent.Send(new() { Ping = new() { Connected = true } });

        Assert.Equal([1.5, null], _agent.Frames.Select(frame => frame.Pong.Usage?.Cpus));
    }

    [Fact]
    public void Pings_Missing_EndTheLink()
    {
        _agent.Connect();
        _agent.Clear();
        _agent.Pass(TimeSpan.FromSeconds(74));
        _agent.Send(new() { Ping = new() { Connected = true } });
        _agent.Pass(TimeSpan.FromSeconds(74));
        Assert.DoesNotContain(_agent.Effects, effect => effect is AgentEffect.CloseLink);

        _agent.Pass(TimeSpan.FromSeconds(1));

        Assert.Contains(new AgentEffect.CloseLink(_agent.Link), _agent.Effects);
        Assert.False(_agent.Core.View(_agent.Now).Registered);
    }

    [Fact]
    public void Ping_SayingDisconnected_EndsTheLink()
    {
        _agent.Connect();

        _agent.Send(new() { Ping = new() { Connected = false } });

        Assert.Contains(new AgentEffect.CloseLink(_agent.Link), _agent.Effects);
    }

    [Theory]
    [InlineData(true, TaskState.TaskDropped)]
    [InlineData(false, TaskState.TaskLost)]
    public void Reregistered_WithTasksNotKnown_ReportsThemLost(bool partitionAware, TaskState state)
    {
        _agent.Connect();
        _agent.Disconnect();
        _agent.Clear();

        _agent.Connect(new MasterFrame.Types.TaskKey
        {
            FrameworkId = new() { Value = "F-9" },
            TaskId = new() { Value = "gone" },
            PartitionAware = partitionAware,
        });

        var update = Assert.Single(_agent.AcknowledgeAll("F-9"));
        Assert.Equal(state, update.State);
        Assert.Equal(Reason.Reconciliation, update.Reason);
        Assert.Equal(["agent", "epoch"], _agent.DiskKeys);
        Assert.Empty(_agent.Core.View(_agent.Now).Frameworks);
    }

    [Fact]
    public void Shutdown_ByTheMaster_EndsEverythingForgetsTheIdAndStops()
    {
        _agent.Connect();
        _agent.Run(Make.Task("t1"));
        _agent.Start("t1");
        _agent.Clear();

        _agent.Send(new() { Shutdown = new() { Message = "gone" } });
        Assert.IsType<AgentEffect.KillContainer>(Assert.Single(_agent.Effects));
        _agent.Exit("t1", 15);

        var stop = Assert.Single(_agent.Effects.OfType<AgentEffect.Stop>());
        Assert.Contains("gone", stop.Reason, StringComparison.Ordinal);
        Assert.Empty(_agent.Updates);
        Assert.Equal(["epoch", $"runs/{_agent.ContainerOf("t1")}"], _agent.DiskKeys);
    }

    [Fact]
    public void Leave_TellsTheMasterAndStopsOnceNothingRuns()
    {
        _agent.Connect();
        _agent.Run(Make.Task("t1"));
        _agent.Start("t1");
        _agent.Clear();

        _agent.Step(new AgentInput.Leave());
        Assert.NotNull(Assert.Single(_agent.Frames).Unregister);
        Assert.DoesNotContain(_agent.Effects, effect => effect is AgentEffect.Stop);
        _agent.Exit("t1", 15);

        Assert.Equal(0, Assert.Single(_agent.Effects.OfType<AgentEffect.Stop>()).ExitCode);
    }

    [Fact]
    public void Drain_EndsTasksRefusesNewOnesAndKeepsTheId()
    {
        _agent.Connect();
        _agent.Run(Make.Task("t1"));
        _agent.Start("t1");

        _agent.Step(new AgentInput.Drain());
        _agent.Run(Make.Task("t2"));
        Assert.DoesNotContain(_agent.Effects, effect => effect is AgentEffect.Stop);
        _agent.Exit("t1", 15);

        Assert.Single(_agent.Effects.OfType<AgentEffect.Stop>());
        Assert.Contains("agent", _agent.DiskKeys);
        var updates = _agent.AcknowledgeAll();
        Assert.Equal(Reason.AgentDraining, updates.Single(update => update.TaskId.Value == "t2").Reason);
        Assert.Equal(TaskState.TaskKilled, updates[^1].State);
    }

    [Fact]
    public void Leave_WithAContainerThatWillNotEnd_StopsInTheEnd()
    {
        _agent.Connect();
        _agent.Run(Make.Task("t1"));
        _agent.Start("t1");

        _agent.Step(new AgentInput.Leave());
        _agent.Pass(TimeSpan.FromMinutes(1));

        Assert.Single(_agent.Effects.OfType<AgentEffect.Stop>());
    }
}
