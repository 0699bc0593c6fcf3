using Tepui.Model.Identifiers;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Testing;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;

namespace Tepui.Master.Core.Tests;

/// <summary>
/// Plays thousands of random steps, sensible and senseless, against one master: frameworks and agents that come, go, lie and come back.
/// The harness checks the books after every step; nothing may throw. Afterwards everybody comes back, and all that is free must be offered.
/// </summary>
public sealed class RandomCourseTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void AnyCourse_KeepsTheBooksRight(int seed) => new Course(seed).Play(800);

    private sealed class Course(int seed)
    {
        private static readonly TaskState[] States = Enum.GetValues<TaskState>();

        private readonly Random _random = new(seed);
        private readonly MasterHarness _master = new(static options => options with { OfferTimeout = TimeSpan.FromSeconds(40), MaxUnreachableTasksPerFramework = 5 });
        private readonly Dictionary<string, LinkId> _links = [];
        private readonly Dictionary<string, StreamId> _streams = [];
        private readonly List<Protocol.V1.Task> _told = [];
        private int _tasks;

        public void Play(int steps)
        {
            for (var i = 0; i < steps; i++)
            {
                _master.Forget();
                Act();
                Learn();
            }

            Heal();
        }

        private void Act()
        {
            switch (_random.Next(20))
            {
                case 0:
                    Join();
                    break;
                case 1:
                    ComeBack();
                    break;
                case 2 when _links.Count > 0:
                    var agent = Pick(_links.Keys);
                    _master.Step(new MasterInput.LinkClosed(_links[agent]));
                    _links.Remove(agent);
                    break;
                case 3:
                    Subscribe(null);
                    break;
                case 4 when KnownFrameworks().Count > 0:
                    Subscribe(Pick(KnownFrameworks()));
                    break;
                case 5 when _streams.Count > 0:
                    _master.Step(new MasterInput.StreamClosed(_streams[Pick(_streams.Keys)]));
                    break;
                case 6 or 7 or 8 or 9:
                    Launch();
                    break;
                case 10 or 11 or 12:
                    Update();
                    break;
                case 13:
                    Call(static (call, task, random) =>
                    {
                        call.Type = Protocol.V1.Scheduler.Call.Types.Type.Acknowledge;
                        call.Acknowledge = new() { AgentId = task.AgentId, TaskId = task.TaskId, Uuid = Acts.Uuid((byte)random.Next(4)) };
                    });
                    break;
                case 14:
                    Call(static (call, task, _) =>
                    {
                        call.Type = Protocol.V1.Scheduler.Call.Types.Type.Kill;
                        call.Kill = new() { TaskId = task.TaskId, AgentId = task.AgentId };
                    });
                    break;
                case 15:
                    Call(static (call, task, random) =>
                    {
                        call.Type = Protocol.V1.Scheduler.Call.Types.Type.Reconcile;
                        call.Reconcile = new();
                        if (random.Next(2) == 0)
                        {
                            call.Reconcile.Tasks.Add(new Call.Types.Reconcile.Types.Task { TaskId = task.TaskId, AgentId = task.AgentId });
                        }
                    });
                    break;
                case 16:
                    Call((call, _, _) =>
                    {
                        call.Type = Protocol.V1.Scheduler.Call.Types.Type.Decline;
                        call.Decline = new() { OfferIds = { _master.View.Frameworks.SelectMany(static framework => framework.Offers).Select(static offer => offer.Id) } };
                    });
                    break;
                case 17 when _random.Next(10) == 0:
                    _master.Ask(request => new MasterInput.MarkAgentGone(request, new AgentId(AnyAgent())));
                    break;
                case 18 when _random.Next(10) == 0:
                    _master.Restart();
                    _links.Clear();
                    _streams.Clear();
                    break;
                default:
                    _master.AnswersPings = _random.Next(10) > 0;
                    _master.Advance(TimeSpan.FromMilliseconds(_random.Next(5) == 0 ? _random.Next(900_000) : _random.Next(3000)));
                    break;
            }
        }

        private void Join()
        {
            var host = _random.Next(4);
            _master.Link(An.Arrival(An.Agent($"host{host}", cpus: 4), $"10.0.0.{host}"));
        }

        // With some of the tasks it was told to run, in any state, and some it was not.
        private void ComeBack()
        {
            var known = _master.View.Agents.FirstOrDefault(static agent => !agent.Connected);
            var info = known?.Info.Clone() ?? An.Agent($"host{_random.Next(4)}", cpus: _random.Next(3, 6));
            info.Id ??= new() { Value = AnyAgent() };
            var back = An.Return(info, known?.Ip ?? $"10.0.0.{_random.Next(4)}");
            foreach (var task in _told.Where(task => task.AgentId.Equals(info.Id) && _random.Next(3) > 0))
            {
                var copy = task.Clone();
                copy.State = States[_random.Next(States.Length)];
                back.Tasks.Add(copy);
            }

            back.Frameworks.Add(back.Tasks.Select(static task => task.FrameworkId.Value).Distinct(StringComparer.Ordinal).Select(static id => A.Framework(id: id, roles: ["a", "b"])));
            back.Executors.Add(back.Tasks.Where(_ => _random.Next(4) == 0).Select(static task =>
            {
                var executor = A.Executor("e");
                executor.FrameworkId = task.FrameworkId;
                return executor;
            }));
            _master.Link(back);
        }

        private void Subscribe(string? id)
        {
            Capability[] can = _random.Next(2) == 0 ? [Capability.PartitionAware] : [];
            string[] roles = _random.Next(2) == 0 ? ["a", "b"] : ["a"];
            var stream = _master.Subscribe(A.Framework(id: id, roles: roles, failover: _random.Next(3) * 60, checkpoint: _random.Next(3) > 0, can: can));
            var taken = _master.Events(stream).FirstOrDefault(static e => e.Subscribed is not null);
            if (taken is not null)
            {
                _streams[taken.Subscribed.FrameworkId.Value] = stream;
            }
        }

        private void Launch()
        {
            _master.Settle();
            var offer = _master.View.Frameworks.SelectMany(static framework => framework.Offers).OrderBy(_ => _random.Next()).FirstOrDefault();
            if (offer is null || !_streams.TryGetValue(offer.FrameworkId.Value, out var stream))
            {
                return;
            }

            var tasks = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => A.Task($"t{(_random.Next(5) == 0 ? _random.Next(_tasks + 1) : _tasks++)}", offer.AgentId, cpus: _random.Next(1, 20) / 10.0)).ToArray();
            var operation = _random.Next(3) switch
            {
                0 => A.LaunchGroup(A.GroupExecutor($"g{_random.Next(3)}", offer.FrameworkId), tasks),
                1 => A.Launch([.. tasks.Select(task => A.TaskUnder(A.Executor($"e{_random.Next(2)}"), task.TaskId.Value, offer.AgentId))]),
                _ => A.Launch(tasks),
            };
            _master.Accept(stream, [offer], operation);
        }

        private void Update()
        {
            if (_links.Count == 0 || _told.Count == 0)
            {
                return;
            }

            var task = Pick(_told);
            var link = _links.GetValueOrDefault(task.AgentId.Value, Pick(_links.Values));
            if (_random.Next(6) == 0 && task.ExecutorId is not null)
            {
                _master.Send(link, new AgentFrame { ExecutorExited = new() { FrameworkId = task.FrameworkId, ExecutorId = task.ExecutorId, Status = 0 } });
                return;
            }

            var latest = States[_random.Next(States.Length)];
            _master.Send(link, Acts.Update(task.FrameworkId, task.TaskId, task.AgentId, _random.Next(2) == 0 ? latest : States[_random.Next(States.Length)], (byte)_random.Next(4), latest));
        }

        private void Call(Action<Call, Protocol.V1.Task, Random> fill)
        {
            if (_streams.Count == 0 || _told.Count == 0)
            {
                return;
            }

            var framework = Pick(_streams.Keys);
            var call = new Call { FrameworkId = new() { Value = framework } };
            fill(call, Pick(_told), _random);
            _master.Make(_streams[framework], call);
        }

        // What agents and frameworks hear.
        private void Learn()
        {
            foreach (var effect in _master.Effects)
            {
                switch (effect)
                {
                    case MasterEffect.ToAgent { Frame.Registered: { } registered, Link: var link }:
                        _links[registered.AgentId.Value] = link;
                        break;
                    case MasterEffect.ToAgent { Frame.Reregistered: { } registered, Link: var link }:
                        _links[registered.AgentId.Value] = link;
                        break;
                    case MasterEffect.ToAgent { Frame.RunTask: { } run }:
                        _told.Add(Told(run.Framework.Id, run.Task));
                        break;
                    case MasterEffect.ToAgent { Frame.RunTaskGroup: { } run }:
                        _told.AddRange(run.TaskGroup.Tasks.Select(task => Told(run.Framework.Id, task)));
                        break;
                    case MasterEffect.CloseLink { Link: var link }:
                        foreach (var agent in _links.Where(pair => pair.Value == link).Select(static pair => pair.Key).ToArray())
                        {
                            _links.Remove(agent);
                        }

                        break;
                    case MasterEffect.CloseStream { Stream: var stream }:
                        foreach (var framework in _streams.Where(pair => pair.Value == stream).Select(static pair => pair.Key).ToArray())
                        {
                            _streams.Remove(framework);
                        }

                        break;
                }
            }
        }

        private static Protocol.V1.Task Told(FrameworkID framework, TaskInfo info)
        {
            var task = new Protocol.V1.Task
            {
                Name = info.Name,
                TaskId = info.TaskId,
                FrameworkId = framework,
                AgentId = info.AgentId,
                ExecutorId = info.Executor?.ExecutorId,
                State = TaskState.TaskRunning,
            };
            task.Resources.AddRange(info.Resources);
            return task;
        }

        // In the end a new framework must be offered all that no task uses on the agents that are there.
        private void Heal()
        {
            _master.AnswersPings = true;
            foreach (var framework in _master.View.Frameworks)
            {
                _master.Ask(request => new MasterInput.Teardown(request, framework.Id));
            }

            _master.Forget();
            var stream = _master.Subscribe(A.Framework());
            _master.Advance(TimeSpan.FromSeconds(1));
            var view = _master.View;
            Assert.All(view.Agents.Where(static agent => agent.Connected), static agent =>
            {
                Assert.True(agent.Allocated.IsEmpty);
                Assert.Equal(agent.Total, agent.Offered.Unallocate());
            });
            Assert.Equal(view.Agents.Count(static agent => agent.Connected), _master.Offers(stream).Count);
            Assert.Equal(0, view.Agents.Sum(static agent => agent.Executors.Length));
        }

        private List<string> KnownFrameworks() => [.. _master.View.Frameworks.Select(static framework => framework.Id.Value), "foreign-0000"];

        private string AnyAgent()
        {
            var known = _master.Registry.Keys.Where(static key => key.StartsWith("agents/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(static key => key[7..]).ToList();
            known.Add("foreign-S0");
            return Pick(known);
        }

        private T Pick<T>(IEnumerable<T> from)
        {
            var all = from.ToList();
            return all[_random.Next(all.Count)];
        }
    }
}
