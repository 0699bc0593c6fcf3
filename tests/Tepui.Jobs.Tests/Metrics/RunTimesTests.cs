using Tepui.Jobs.Core.Events;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Metrics;
using Tepui.Model.Identifiers;

namespace Tepui.Jobs.Tests.Metrics;

public sealed class RunTimesTests
{
    private static readonly JobName s_job = new("nightly");

    [Fact]
    public void Times_OfEndedRuns_AreKeptSorted()
    {
        var times = new RunTimes();

        times.Hear(new JobEvent.RunChanged(Run(1, seconds: 5), Ended: true));
        times.Hear(new JobEvent.RunChanged(Run(2, seconds: 3), Ended: true));
        times.Hear(new JobEvent.RunChanged(Run(3, seconds: 9) with { State = RunState.Running, EndedAt = null }, Ended: false));

        Assert.Equal([3, 5], times.Of(s_job));
    }

    [Fact]
    public void Times_OfManyRuns_AreThoseOfTheNewest()
    {
        var times = new RunTimes();
        for (var number = 1; number <= RunTimes.Most + 10; number++)
        {
            times.Add(Run(number, number));
        }

        Assert.Equal((RunTimes.Most, 11), (times.Of(s_job).Length, times.Of(s_job)[0]));
    }

    [Fact]
    public void Times_OfARemovedJob_AreForgotten()
    {
        var times = new RunTimes();
        times.Add(Run(1, 1));

        times.Hear(new JobEvent.JobRemoved(s_job));

        Assert.Empty(times.All);
    }

    [Fact]
    public void Times_OfARunThatChangesAfterItsEnd_AreAddedOnce()
    {
        var times = new RunTimes();

        times.Hear(new JobEvent.RunChanged(Run(1, seconds: 5), Ended: true));
        times.Hear(new JobEvent.RunChanged(Run(1, seconds: 5) with { Elements = 7 }, Ended: false));

        Assert.Equal([5], times.Of(s_job));
    }

    [Fact]
    public void Times_OfOrphansThatEnd_DoNotBringTheirJobBack()
    {
        var times = new RunTimes();
        times.Hear(new JobEvent.RunChanged(Run(1, seconds: 5), Ended: true));
        times.Hear(new JobEvent.JobRemoved(s_job));

        times.Hear(new JobEvent.RunChanged(Run(2, seconds: 3) with { IsOrphaned = true }, Ended: true));

        Assert.Empty(times.All);
    }

    private static Run Run(long number, double seconds) => new()
    {
        Id = new(s_job, number),
        Cause = new RunCause { Kind = RunCauseKind.Schedule, FirstDue = DateTimeOffset.UnixEpoch, Due = DateTimeOffset.UnixEpoch },
        State = RunState.Succeeded,
        Since = DateTimeOffset.UnixEpoch,
        CreatedAt = DateTimeOffset.UnixEpoch,
        EndedAt = DateTimeOffset.UnixEpoch.AddSeconds(seconds),
        Attempts = [new Attempt { Number = 0, Task = new TaskId($"t{number}"), Agent = new AgentId("a"), Hostname = "a", LaunchedAt = DateTimeOffset.UnixEpoch, StartedAt = DateTimeOffset.UnixEpoch }],
    };
}
