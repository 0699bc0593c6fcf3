using Google.Protobuf;
using Tepui.Agent.Core;
using Tepui.Agent.Core.Views;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Checkpoints;
using Tepui.Protocol.Link;
using Tepui.Testing.Simulation.Network;

namespace Tepui.Testing.Simulation.Processes;

/// <summary>An agent: the real core, its checkpoints on a disk, its containers with a supervisor that outlives it.</summary>
internal sealed class AgentProcess : SimulatedProcess<AgentInput, AgentEffect>
{
    private static readonly AgentInput TickInput = new AgentInput.Tick();

    private readonly SimulatedCluster _cluster;
    private readonly int _number;
    private readonly HashSet<ContainerId> _starting = [];
    private readonly Dictionary<StreamId, End> _streams = [];
    private AgentCore? _core;
    private (LinkId Id, End End)? _link;
    private int _machine;

    public AgentProcess(SimulatedCluster cluster, int number)
        : base(cluster.World, $"agent{number}", new Disk())
    {
        _cluster = cluster;
        _number = number;
        Supervisor = new(cluster, this);
    }

    public SimulatedSupervisor Supervisor { get; }

    public AgentCore Core => _core ?? throw new InvalidOperationException($"{Name} does not run");

    /// <summary>The master its link leads to.</summary>
    public MasterProcess? Master { get; private set; }

    protected override AgentInput Tick => TickInput;

    protected override DateTimeOffset? NextDeadline => _core?.NextDeadline;

    public AgentView View() => Core.View(Clock);

    public ulong EpochSeen => (Disk.Read("epoch") as EpochEntry)?.Epoch ?? 0;

    /// <summary>The machine goes down with all that runs on it.</summary>
    public void LoseMachine()
    {
        _machine++;
        Supervisor.LoseAll();
        Crash("the machine goes down");
    }

    /// <summary>An executor opened a connection.</summary>
    public void AcceptExecutor(End end)
    {
        var stream = new StreamId(_cluster.NextNumber());
        _streams.Add(stream, end);
        end.Received = packet => Called(stream, end, (Protocol.V1.Executor.Call)packet.Message!);
        end.Closed = () => Post(new AgentInput.StreamClosed(stream));
    }

    /// <summary>Gives the link up because there is a newer master.</summary>
    public void LeaveLink()
    {
        if (_link is { } link)
        {
            link.End.Close();
            _link = null;
            Post(new AgentInput.LinkClosed(link.Id));
            Reconnect();
        }
    }

    protected override void Boot(List<AgentEffect> first)
    {
        var info = An.Agent($"host{_number}", cpus: 2 + (_number % 4), mem: 2048, disk: 4096);
        var options = new AgentOptions
        {
            Info = info,
            Ip = $"10.0.0.{_number}",
            Version = "0.1.0",
            WorkDirectory = "/work",
            BootId = $"boot{_machine}",
            Seed = World.Random.Next(),
            StatusUpdateRetryMin = World.Settings.UpdateRetry,
        };
        _core = new(options, Disk.Load(), Supervisor.Table(), Clock, first);
        World.Note(Name, $"starts with [{string.Join(" ", Supervisor.All.Select(static container => $"{container}{(container.Running ? "" : " ended")}"))}]");
        Reconnect();
    }

    protected override void Step(AgentInput input, List<AgentEffect> effects)
    {
        var before = effects.Count;
        Core.Step(input, Clock, effects);
        if (input is AgentInput.FromMaster from && from.Frame.Epoch < EpochSeen && effects.Skip(before).Any(static effect => effect is not AgentEffect.CloseLink))
        {
            World.Fail($"{Name} obeys epoch {from.Frame.Epoch} though it has seen {EpochSeen}");
        }
    }

    protected override (string Key, IMessage? Entry)? Written(AgentEffect effect) => effect is AgentEffect.Persist persist ? (persist.Key, persist.Entry) : null;

    protected override void Carry(AgentEffect effect)
    {
        switch (effect)
        {
            case AgentEffect.ToMaster sent when _link?.Id == sent.Link:
                _link.Value.End.Send(new(sent.Frame));
                break;
            case AgentEffect.CloseLink closed when _link?.Id == closed.Link:
                World.Note(Name, "gives its link up");
                _link.Value.End.Close();
                _link = null;
                Post(new AgentInput.LinkClosed(closed.Link));
                Reconnect();
                break;
            case AgentEffect.ToExecutor sent when _streams.TryGetValue(sent.Stream, out var end):
                end.Send(new(sent.Event));
                break;
            case AgentEffect.CloseStream closed when _streams.Remove(closed.Stream, out var end):
                end.Close();
                Post(new AgentInput.StreamClosed(closed.Stream));
                break;
            case AgentEffect.StartContainer start:
                StartContainer(start.Plan);
                break;
            case AgentEffect.KillContainer kill:
                World.Note(Name, $"kills container {kill.Container}, grace {kill.Grace.TotalSeconds:F1} s");
                if (_starting.Remove(kill.Container))
                {
                    Later(World.Seconds(0.0001, 0.01), () => Post(new AgentInput.ContainerStartFailed(kill.Container, "cancelled")));
                }
                else
                {
                    Later(World.Seconds(0.0001, 0.002), () => Supervisor.Kill(kill.Container, kill.Grace));
                }

                break;
            case AgentEffect.ForgetContainer forget:
                Supervisor.Forget(forget.Container);
                break;
            case AgentEffect.Stop stop:
                Crash($"stops, {stop.ExitCode}: {stop.Reason}");
                break;
        }
    }

    protected override void Died()
    {
        _core = null;
        _starting.Clear();
        foreach (var stream in _streams.Values)
        {
            stream.Close();
        }

        _streams.Clear();
        _link?.End.Close(World.MayCrash && World.Chance(0.2) ? World.Seconds(1, 100) : TimeSpan.Zero);
        _link = null;
        var longest = World.Chance(0.25) ? (World.Settings.Ping * World.Settings.Pings * 2).TotalSeconds : 10;
        Later(World.IsHealing ? World.Seconds(0, 2) : World.Seconds(0.1, longest), Start);
    }

    protected override string Describe(AgentInput input) => input switch
    {
        AgentInput.FromMaster from => $"<- {Words.Of(from.Frame)}",
        AgentInput.ExecutorSubscribe subscribe => $"<- executor {subscribe.Call.ExecutorId.Value} subscribes, unacknowledged [{string.Join(" ", subscribe.Call.Subscribe.UnacknowledgedTasks.Select(static task => task.TaskId.Value))}] [{string.Join(" ", subscribe.Call.Subscribe.UnacknowledgedUpdates.Select(static update => Words.Of(update.Status)))}]",
        AgentInput.ExecutorCall call => $"<- executor {call.Call.ExecutorId.Value} {call.Call.Type} {(call.Call.Update is { } update ? Words.Of(update.Status) : "")}",
        AgentInput.ContainerExited exited => $"<- {exited.Container} exited {exited.WaitStatus}",
        AgentInput.ContainerStarted started => $"<- {started.Container} started",
        AgentInput.ContainerStartFailed failed => $"<- {failed.Container} not started: {failed.Message}",
        _ => $"<- {input.GetType().Name}",
    };

    private void Reconnect() => Later(World.Seconds(0.02, 2), Connect);

    private void Connect()
    {
        if (_link is not null)
        {
            return;
        }

        var master = _cluster.MasterFor(Name);
        if (master is null)
        {
            Reconnect();
            return;
        }

        var connection = World.Net.Connect(Name, master.Name);
        var link = new LinkId(_cluster.NextNumber());
        _link = (link, connection.Client);
        Master = master;
        connection.Client.Received = packet => Post(new AgentInput.FromMaster(link, (MasterFrame)packet.Message!));
        connection.Client.Closed = () => Lost(link);
        master.AcceptLink(connection.Server);
        Post(new AgentInput.LinkOpened(link));
    }

    private void Lost(LinkId link)
    {
        if (_link?.Id == link)
        {
            _link = null;
            Post(new AgentInput.LinkClosed(link));
            Reconnect();
        }
    }

    private void Called(StreamId stream, End end, Protocol.V1.Executor.Call call)
    {
        if (call.Type != Protocol.V1.Executor.Call.Types.Type.Subscribe)
        {
            Post(new AgentInput.ExecutorCall(new(_cluster.NextNumber()), call));
        }
        else if (Core.MaySubscribe(call) is { } refusal)
        {
            World.Note(Name, $"refuses executor {call.ExecutorId.Value}: {refusal.Body}");
            _streams.Remove(stream);
            end.Close();
        }
        else
        {
            Post(new AgentInput.ExecutorSubscribe(stream, call));
        }
    }

    private void StartContainer(ContainerPlan plan)
    {
        if (plan.Environment.TryGetValue("MESOS_TASK_ID", out var task))
        {
            _cluster.Promises.Starts(plan);
        }

        _starting.Add(plan.Id);
        World.Note(Name, $"starts {task ?? plan.Executor.Value} in {plan.Id}");
        Later(World.Seconds(0.001, World.Chance(0.1) ? 5 : 0.05), () =>
        {
            if (!_starting.Remove(plan.Id))
            {
                return;
            }

            if (World.Chance(0.02))
            {
                Later(World.Seconds(0.0001, 0.01), () => Post(new AgentInput.ContainerStartFailed(plan.Id, "no such file")));
            }
            else
            {
                Supervisor.Start(plan);
            }
        });
    }
}
