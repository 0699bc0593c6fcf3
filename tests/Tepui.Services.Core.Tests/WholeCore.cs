using System.Text.Json.Nodes;
using Google.Protobuf;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Tests.Building;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Core.Tests;

/// <summary>A core with all its features behind its inputs and effects, a store, and a master with plenty of resources that does what it is told.</summary>
internal sealed class WholeCore
{
    private readonly Dictionary<string, IMessage> _store = new(StringComparer.Ordinal);
    private readonly Queue<ServicesInput> _inputs = new();
    private readonly HashSet<string> _lives = new(StringComparer.Ordinal);
    private ServicesCore _core;
    private int _requests;
    private int _restarts;

    public WholeCore()
    {
        _core = new(new(), _store, Now);
        Subscribe();
    }

    public DateTimeOffset Now { get; private set; } = A.Start;

    /// <summary>Whether a task runs that has this in its command.</summary>
    public Func<string, bool> Works { get; set; } = _ => true;

    public ServicesView View => _core.View(Now);

    public CommandOutcome Request(ServicesCommand command)
    {
        CommandOutcome? outcome = null;
        Step(new ServicesInput.Request(new(++_requests), command, new("127.0.0.1", "/")), effect => outcome = (effect as ServicesEffect.Reply)?.Outcome ?? outcome);
        return outcome!;
    }

    /// <summary>PUT of an app; what is not told keeps its value.</summary>
    public CommandOutcome.Deployed Put(string json, bool force = false)
    {
        var body = JsonNode.Parse(json)!;
        return Assert.IsType<CommandOutcome.Deployed>(Request(new ServicesCommand.PutApp(new(body["id"]!.GetValue<string>()), body, Partial: true, MustExist: false) { Force = force }));
    }

    public void Restart()
    {
        _inputs.Clear();
        _core = new(new() { IdNode = ++_restarts }, _store, Now);
        Subscribe();
    }

    /// <summary>Offers and news for so long.</summary>
    public void Pass(TimeSpan time)
    {
        for (var end = Now + time; Now < end;)
        {
            Now += TimeSpan.FromSeconds(1);
            Step(new ServicesInput.Tick());
            Step(new ServicesInput.Offered([An.Offer("host1", cpus: 100, ports: (31000, 31999)), An.Offer("host2", cpus: 100, ports: (31000, 31999))]));
            while (_inputs.TryDequeue(out var input))
            {
                Step(input);
            }
        }
    }

    public int Running(string id) => View.InstancesOf(new(id)).Count(instance => instance.IsRunning);

    private void Subscribe() => Step(new ServicesInput.Subscribed(new FrameworkId("framework"), "master", Again: false));

    private void Step(ServicesInput input, Action<ServicesEffect>? look = null)
    {
        var effects = new List<ServicesEffect>();
        _core.Step(input, Now, effects);
        _core.CheckInvariants();
        foreach (var effect in effects)
        {
            look?.Invoke(effect);
            Do(effect);
        }
    }

    private void Do(ServicesEffect effect)
    {
        switch (effect)
        {
            case ServicesEffect.Persist { Entry: null } gone:
                _store.Remove(gone.Key);
                break;
            case ServicesEffect.Persist put:
                _store[put.Key] = put.Entry;
                break;
            case ServicesEffect.Kill kill:
                var lived = _lives.Remove(kill.Task.Value);
                _inputs.Enqueue(Status(kill.Task.Value, lived ? TaskState.TaskKilled : TaskState.TaskUnknown));
                break;
            case ServicesEffect.Reconcile reconcile:
                foreach (var (task, _) in reconcile.Tasks)
                {
                    _inputs.Enqueue(Status(task.Value, _lives.Contains(task.Value) ? TaskState.TaskRunning : TaskState.TaskUnknown));
                }

                break;
            case ServicesEffect.Accept accept:
                foreach (var task in accept.Operations.SelectMany(operation => operation.Launch?.TaskInfos ?? []))
                {
                    Launch(task);
                }

                break;
        }
    }

    private void Launch(TaskInfo task)
    {
        Assert.True(_lives.Add(task.TaskId.Value), $"{task.TaskId.Value} is launched twice");
        var works = Works(task.Command.Value);
        if (!works)
        {
            _lives.Remove(task.TaskId.Value);
        }

        _inputs.Enqueue(Status(task.TaskId.Value, works ? TaskState.TaskRunning : TaskState.TaskFailed));
    }

    private static ServicesInput.Updated Status(string task, TaskState state) => new(new() { TaskId = new() { Value = task }, State = state, AgentId = new() { Value = "agent-host1" } });
}
