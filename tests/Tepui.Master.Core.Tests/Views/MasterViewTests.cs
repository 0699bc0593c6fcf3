using Tepui.Protocol.V1;
using Tepui.Testing;

namespace Tepui.Master.Core.Tests.Views;

public sealed class MasterViewTests
{
    private readonly MasterHarness _master = new();

    [Fact]
    public void View_WhatDidNotChange_IsTheSameObject()
    {
        var link = _master.Link(An.Arrival());
        _master.Link(An.Arrival(An.Agent("host2"), "10.0.0.2"));
        var first = _master.Subscribe(A.Framework());
        _master.Settle();
        var offer = _master.Offers(first)[0];
        _master.Accept(first, [offer], A.Launch(A.Task("t1", offer.AgentId), A.Task("t2", offer.AgentId)));
        _master.Subscribe(A.Framework());
        _master.Settle();
        var before = _master.View;

        _master.Send(offer.AgentId.Value == "master1-S0" ? link : new LinkId(1), Acts.Update(offer.FrameworkId, new() { Value = "t1" }, offer.AgentId, TaskState.TaskRunning));
        var after = _master.View;

        Assert.True(after.Version > before.Version);
        Assert.NotSame(before.Frameworks[0], after.Frameworks[0]);
        Assert.NotSame(before.Frameworks[0].Tasks[0], after.Frameworks[0].Tasks[0]);
        Assert.Same(before.Frameworks[0].Tasks[1], after.Frameworks[0].Tasks[1]);
        Assert.Same(before.Frameworks[1], after.Frameworks[1]);
        Assert.Same(before.Agents[0], after.Agents[0]);
        Assert.Same(before.Agents[1], after.Agents[1]);
        Assert.Equal(TaskState.TaskStaging, before.Frameworks[0].Tasks[0].Task.State);
    }

    [Fact]
    public void View_NothingChanged_HasTheSameVersion()
    {
        _master.Link(An.Arrival());
        var before = _master.View;
        _master.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(before.Version, _master.View.Version);
        Assert.Equal(before.Taken + TimeSpan.FromSeconds(1), _master.View.Taken);
    }

    [Fact]
    public void View_SomethingWasCounted_HasAnotherVersionAndTheSameEntities()
    {
        var stream = _master.Subscribe(A.Framework());
        var before = _master.View;

        _master.Reconcile(stream, before.Frameworks[0].Id.ToWire());
        var after = _master.View;

        Assert.True(after.Version > before.Version);
        Assert.Equal(1, after.Counters["master/messages_reconcile_tasks"]);
        Assert.Same(before.Frameworks[0], after.Frameworks[0]);
    }

    [Fact]
    public void Roles_ShowWhatTheyHaveAndTheirShare()
    {
        _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework(roles: ["a/b"]));
        _master.Settle();
        var offer = _master.Offers(stream)[0];
        _master.Accept(stream, [offer], A.Launch(A.Task("t1", offer.AgentId, cpus: 2)));

        var roles = _master.View.Roles;
        Assert.Equal(["a", "a/b"], roles.Select(static role => role.Name));
        Assert.Equal("master1-0000", Assert.Single(roles[1].Frameworks).Value);
        Assert.Empty(roles[0].Frameworks);
        Assert.Equal(2000, roles[1].Allocated.Scalar("cpus"));
        Assert.Equal(0.25, roles[0].DominantShare);

        _master.Settle();
        Assert.Equal(6000, _master.View.Roles[1].Offered.Scalar("cpus"));
        Assert.Equal(1.0, _master.View.Roles[1].DominantShare);
    }

    [Fact]
    public void Framework_TotalsOverAgents_CountSamePortsOnce()
    {
        var links = Enumerable.Range(1, 2).Select(i => _master.Link(An.Arrival(An.Agent($"host{i}"), $"10.0.0.{i}"))).ToArray();
        var stream = _master.Subscribe(A.Framework());
        _master.Settle();
        foreach (var offer in _master.Offers(stream).ToArray())
        {
            var task = A.Task($"on-{offer.AgentId.Value}", offer.AgentId);
            task.Resources.Add(A.Ranges("ports", 31000, 31001));
            _master.Accept(stream, [offer], A.Launch(task));
        }

        Assert.Equal(200, _master.View.Frameworks[0].Allocated.Scalar("cpus"));
        Assert.Equal("[31000-31001]", _master.View.Frameworks[0].Allocated.Ranges("ports").ToString());

        _master.Send(links[0], Acts.Update(new() { Value = "master1-0000" }, new() { Value = "on-master1-S0" }, new() { Value = "master1-S0" }, TaskState.TaskFinished));
        Assert.Equal("[31000-31001]", _master.View.Frameworks[0].Allocated.Ranges("ports").ToString());
        _master.Send(links[1], Acts.Update(new() { Value = "master1-0000" }, new() { Value = "on-master1-S1" }, new() { Value = "master1-S1" }, TaskState.TaskFinished));
        Assert.True(_master.View.Frameworks[0].Allocated.IsEmpty);
    }

    [Fact]
    public void Steps_SameInputs_HaveTheSameEffects()
    {
        static string Play()
        {
            var master = new MasterHarness();
            for (var i = 0; i < 20; i++)
            {
                master.Link(An.Arrival(An.Agent($"host{i}"), $"10.0.0.{i}"));
            }

            var streams = Enumerable.Range(0, 5).Select(i => master.Subscribe(A.Framework(roles: [$"r{i % 3}"], failover: 60))).ToArray();
            master.Settle();
            foreach (var stream in streams)
            {
                foreach (var offer in master.Offers(stream).ToArray())
                {
                    master.Accept(stream, [offer], A.Launch(A.Task($"t-{offer.Id.Value}", offer.AgentId)));
                }
            }

            master.Step(new MasterInput.LinkClosed(new LinkId(3)));
            master.Step(new MasterInput.StreamClosed(streams[1]));
            master.Advance(TimeSpan.FromMinutes(12));
            return string.Join('\n', master.Effects);
        }

        Assert.Equal(Play(), Play());
    }
}
