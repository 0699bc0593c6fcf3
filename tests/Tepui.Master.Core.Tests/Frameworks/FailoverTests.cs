using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Testing;

namespace Tepui.Master.Core.Tests.Frameworks;

/// <summary>Frameworks go away, come back, and end.</summary>
public sealed class FailoverTests
{
    private readonly MasterHarness _master = new();

    [Fact]
    public void StreamClosed_WithoutTimeout_RemovesAtOnce()
    {
        var (stream, link, offer) = Running(failover: 0);
        _master.Forget();

        _master.Step(new MasterInput.StreamClosed(stream));

        Assert.Equal(offer.FrameworkId, Assert.Single(_master.Frames(link)).ShutdownFramework.FrameworkId);
        var view = _master.View;
        Assert.Empty(view.Frameworks);
        var completed = Assert.Single(view.CompletedFrameworks);
        Assert.Equal(_master.Now, completed.Unregistered);
        Assert.False(completed.Active || completed.Connected);
        var task = Assert.Single(completed.CompletedTasks).Task;
        Assert.Equal(TaskState.TaskKilled, task.State);
        Assert.Equal(TaskStatus.Types.Reason.FrameworkRemoved, task.Statuses[^1].Reason);
        Assert.True(view.Agents[0].Allocated.IsEmpty);
        Assert.Empty(_master.Updates(stream));
        Assert.Equal(offer.FrameworkId, Assert.Single(_master.Published(), static e => e.FrameworkRemoved is not null).FrameworkRemoved.FrameworkInfo.Id);
        Assert.Equal(1, view.Counters["master/task_killed/source_master/reason_framework_removed"]);
    }

    [Fact]
    public void StreamClosed_WithTimeout_KeepsTasksUntilItRunsOut()
    {
        var (stream, link, offer) = Running(failover: 60);
        _master.Step(new MasterInput.StreamClosed(stream));
        _master.Forget();

        _master.Advance(TimeSpan.FromSeconds(59));
        var view = _master.View.Frameworks[0];
        Assert.False(view.Active || view.Connected);
        Assert.Single(view.Tasks);
        Assert.Empty(view.Offers);
        Assert.DoesNotContain(_master.Frames(link), static frame => frame.ShutdownFramework is not null);

        _master.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(offer.FrameworkId, Assert.Single(_master.Frames(link), static frame => frame.ShutdownFramework is not null).ShutdownFramework.FrameworkId);
        Assert.Empty(_master.View.Frameworks);
    }

    [Fact]
    public void StreamClosed_ThenBackInTime_GoesOn()
    {
        var (stream, _, offer) = Running(failover: 60);
        _master.Step(new MasterInput.StreamClosed(stream));
        _master.Advance(TimeSpan.FromSeconds(50));

        _master.Subscribe(A.Framework(id: offer.FrameworkId.Value, failover: 60));
        _master.Advance(TimeSpan.FromSeconds(100));

        Assert.Single(Assert.Single(_master.View.Frameworks).Tasks);
    }

    [Fact]
    public void StreamClosed_WithOffers_FreesThemForOthers()
    {
        _master.Link(An.Arrival());
        var first = _master.Subscribe(A.Framework(failover: 60));
        _master.Settle();
        Assert.Single(_master.Offers(first));
        var second = _master.Subscribe(A.Framework());
        _master.Settle();
        Assert.Empty(_master.Offers(second));

        _master.Step(new MasterInput.StreamClosed(first));
        _master.Settle();

        Assert.Single(_master.Offers(second));
    }

    [Fact]
    public void Update_WhileDisconnected_WaitsForTheAgentToSendItAgain()
    {
        var (stream, link, offer) = Running(failover: 60);
        _master.Step(new MasterInput.StreamClosed(stream));
        _master.Forget();

        _master.Send(link, Acts.Update(offer.FrameworkId, new() { Value = "t1" }, offer.AgentId, TaskState.TaskRunning));

        Assert.Empty(_master.Effects.OfType<MasterEffect.Send>());
        Assert.Equal(TaskState.TaskRunning, _master.View.Frameworks[0].Tasks[0].Task.State);
    }

    [Fact]
    public void Teardown_ByTheFramework_EndsItAndItsStream()
    {
        var (stream, link, offer) = Running(failover: 60);
        _master.Forget();

        Assert.Equal((202, ""), _master.Make(stream, new Call { Type = Call.Types.Type.Teardown, FrameworkId = offer.FrameworkId }));

        Assert.True(_master.IsClosed(stream));
        Assert.Contains(_master.Frames(link), static frame => frame.ShutdownFramework is not null);
        Assert.Empty(_master.View.Frameworks);
        Assert.True(((Protocol.Registry.FrameworkEntry)_master.Registry[$"frameworks/{offer.FrameworkId.Value}"]).Removed);
    }

    [Fact]
    public void Teardown_ByAnOperator_AnswersAndRefusesUnknownIds()
    {
        var (_, _, offer) = Running(failover: 60);

        Assert.Equal((400, "No framework found with specified ID"), _master.Ask(static request => new MasterInput.Teardown(request, new("nope"))));
        Assert.Equal((200, ""), _master.Ask(request => new MasterInput.Teardown(request, FrameworkId.From(offer.FrameworkId))));
        Assert.Empty(_master.View.Frameworks);
        Assert.Equal((400, "No framework found with specified ID"), _master.Ask(request => new MasterInput.Teardown(request, FrameworkId.From(offer.FrameworkId))));
    }

    [Fact]
    public void Removed_MoreThanAreShown_OldestLeaveTheDisplayAndStayBarred()
    {
        var master = new MasterHarness(static options => options with { MaxCompletedFrameworks = 2 });
        for (var i = 0; i < 3; i++)
        {
            master.Step(new MasterInput.StreamClosed(master.Subscribe(A.Framework())));
        }

        Assert.Equal(["master1-0001", "master1-0002"], master.View.CompletedFrameworks.Select(static framework => framework.Id.Value));
        var again = master.Subscribe(A.Framework(id: "master1-0000"));
        Assert.Equal("Framework has been removed", master.Events(again)[0].Error.Message);
    }

    private (StreamId Stream, LinkId Link, Offer Offer) Running(double failover)
    {
        var link = _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework(failover: failover));
        _master.Settle();
        var offer = _master.Offers(stream)[0];
        _master.Accept(stream, [offer], A.Launch(A.Task("t1", offer.AgentId)));
        return (stream, link, offer);
    }
}
