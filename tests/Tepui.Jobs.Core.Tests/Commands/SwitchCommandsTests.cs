using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Jobs;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Tests.Building;

namespace Tepui.Jobs.Core.Tests.Commands;

public sealed class SwitchCommandsTests
{
    private readonly JobsHarness _world = new(isSubscribed: false);

    [Fact]
    public void Disable_WhatWaits_IsDroppedAndNothingIsDue()
    {
        _world.Put(A.Job("a", "R/2031-01-01T01:00:00Z/PT1H"));
        _world.Pass(TimeSpan.FromHours(1));
        Assert.Equal(RunState.Waiting, _world.Run("a", 1).State);

        Switch("a", disabled: true);

        Assert.Equal(RunState.Skipped, _world.Run("a", 1).State);
        _world.Pass(TimeSpan.FromHours(5));
        Assert.Single(_world.Runs("a"));
    }

    [Fact]
    public void Enable_AfterMissedTimes_GoesOnWithTheNext()
    {
        _world.Put(A.Job("a", "R9/2031-01-01T01:00:00Z/PT1H"));
        Switch("a", disabled: true);
        _world.Pass(TimeSpan.FromMinutes(150));

        Switch("a", disabled: false);

        Assert.Empty(_world.Runs("a"));
        Assert.Equal((A.Start.AddHours(3), 9L), (_world.Job("a").Progress.NextDue!.Value, _world.Job("a").Progress.Remaining!.Value));
        _world.Pass(TimeSpan.FromMinutes(30));
        Assert.Single(_world.Runs("a"));
    }

    [Fact]
    public void Set_AsItIs_ChangesNothing()
    {
        _world.Put(A.Job("a"));
        var before = _world.Job("a");

        Switch("a", disabled: false);

        Assert.Same(before, _world.Job("a"));
    }

    [Fact]
    public void Enable_ScheduleThatHasRunOut_SaysSo()
    {
        _world.Put(A.Job("a", "R0/2031-01-01T01:00:00Z/PT1H") with { Disabled = true });

        Assert.Contains("run out", Switch("a", disabled: false).Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Enable_ScheduleThatCannotBeRead_IsRefused()
    {
        var entry = JobEntries.Write(A.Job("a"));
        entry.Schedule.Zone = "Atlantis/Center";
        _world.Store["jobs/a"] = entry;
        _world.Restart();

        var refused = _world.Refused(new JobsCommand.SetDisabled(new("a"), Disabled: false));

        Assert.Equal(RefusalKind.Conflict, refused.Kind);
        Assert.Contains("Atlantis/Center", refused.Message, StringComparison.Ordinal);
        Assert.Contains(entry.Schedule.Text, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Atlantis/Center", _world.Core.Explain(new("a"), _world.Now)!.Reasons[0], StringComparison.Ordinal);
        _world.Put(A.Job("a", "R/2031-01-01T01:00:00Z/PT1H"));
        _world.Pass(TimeSpan.FromHours(1));
        Assert.Single(_world.Runs("a"));
    }

    [Fact]
    public void Set_UnknownJob_IsRefused() => Assert.Equal(RefusalKind.Unknown, _world.Refused(new JobsCommand.SetDisabled(new("a"), Disabled: true)).Kind);

    private CommandOutcome.Done Switch(string job, bool disabled) => Assert.IsType<CommandOutcome.Done>(_world.Request(new JobsCommand.SetDisabled(new(job), disabled)));
}
