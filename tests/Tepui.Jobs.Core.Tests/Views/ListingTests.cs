using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Jobs.Core.Views;

namespace Tepui.Jobs.Core.Tests.Views;

public sealed class ListingTests
{
    private readonly JobsHarness _world = new(isSubscribed: false);

    [Fact]
    public void View_Taken_DoesNotChangeAnyMore()
    {
        _world.Put(A.Job("b"));
        var before = _world.View;

        _world.Put(A.Job("a"));
        _world.Start("b");

        Assert.Equal(["b"], before.Jobs.Select(job => job.Job.Name.Value));
        Assert.Equal(0, before.Jobs[0].Queued);
        Assert.Empty(before.OpenRuns);
        Assert.Equal(["a", "b"], _world.View.Jobs.Select(job => job.Job.Name.Value));
        Assert.Equal(1, _world.View.Jobs[1].Queued);
        Assert.Equal(A.Run("b", 1), Assert.Single(_world.View.OpenRuns).Id);
    }

    [Fact]
    public void View_WhatDidNotChange_IsTheSameObject()
    {
        _world.Put(A.Job("a"));
        _world.Put(A.Job("b"));
        var before = _world.View;

        _world.Request(new JobsCommand.MarkSuccess(new("b")));

        Assert.Same(before.Jobs[0], _world.View.Jobs[0]);
        Assert.NotSame(before.Jobs[1], _world.View.Jobs[1]);
        Assert.Same(_world.View.Jobs, _world.View.Jobs);
        Assert.Equal(A.Run("b", 1), _world.View.Jobs[1].LastRun!.Id);
    }

    [Fact]
    public void Marks_WhileNobodyTakesAView_StayFew()
    {
        const int most = 10_000;
        var listing = new Listing();
        var state = _world.Core.State;
        _world.Put(A.Job("a"));
        for (var number = 1; number <= most; number++)
        {
            listing.Touch(A.Run("a", number));
        }

        listing.Fold(state);
        Assert.Equal(most + 1, listing.MarkedCount);

        listing.Touch(A.Run("a", most + 1));
        listing.Fold(state);

        Assert.Equal(1, listing.MarkedCount);
        Assert.Equal("a", Assert.Single(listing.Jobs(state)).Job.Name.Value);
        Assert.Empty(listing.Open(state));
    }

    [Fact]
    public void Step_WithManyMarks_FoldsThem()
    {
        var listing = _world.Core.State.Listing;
        for (var number = 1; number <= 10_001; number++)
        {
            listing.Touch(A.Run("a", number));
        }

        _world.Core.Step(new JobsInput.Tick(), _world.Now, []);

        Assert.Equal(1, listing.MarkedCount);
    }

    [Fact]
    public void Find_Job_HasItsRunsNewestFirstItsChildrenAndWhoIsMissing()
    {
        _world.Put(A.Job("a"));
        _world.Put(A.Child("y", "a", "z", "missing"));
        _world.Put(A.Child("x", "a"));
        _world.Request(new JobsCommand.MarkSuccess(new("a")));
        _world.Request(new JobsCommand.MarkSuccess(new("a")));

        Assert.Equal([2L, 1L], _world.Core.Find(new("a"), _world.Now)!.Runs.Select(run => run.Id.Number));
        Assert.Equal(["x", "y"], _world.Core.Find(new("a"), _world.Now)!.Children.Select(name => name.Value));
        Assert.Equal(["missing", "z"], _world.Core.Find(new("y"), _world.Now)!.MissingParents.Select(name => name.Value));
        Assert.Null(_world.Core.Find(new("nobody"), _world.Now));
    }
}
