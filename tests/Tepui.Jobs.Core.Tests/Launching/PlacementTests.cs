using Google.Protobuf;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Tests.Launching;

public sealed class PlacementTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void ManyAtOnce_EnoughAgents_SpreadOverThem()
    {
        var pool = Filled(4);
        Put(pool, 4, "R/2031-01-01T00:01:00Z/PT1H");

        pool.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal(4, pool.Launched.Select(launch => launch.Task.AgentId.Value).Distinct().Count());
        Assert.All(pool.Launched, launch => Assert.Equal(A.Start.AddMinutes(1), launch.At));
    }

    [Fact]
    public void ManyAtOnce_FewAgents_GoOutInOneAcceptPerOffer()
    {
        var pool = Filled(2);
        Put(pool, 100, "R/2031-01-01T00:01:00Z/PT1H");

        pool.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal(100, pool.Launched.Count);
        Assert.Equal(2, pool.Calls.Count(call => call.Effect is JobsEffect.Accept));
        Assert.All(pool.Launched.CountBy(launch => launch.Task.AgentId.Value), count => Assert.Equal(50, count.Value));
    }

    [Fact]
    public void ManyAtOnce_LargeTasks_GoOutInAcceptsOfBoundedSize()
    {
        var pool = Filled(1);
        for (var i = 0; i < 100; i++)
        {
            pool.Put(A.Job($"job{i}", "R/2031-01-01T00:01:00Z/PT1H") with { Command = new('x', 65_000) });
        }

        pool.Pass(TimeSpan.FromMinutes(2));

        var accepts = pool.Calls.Select(call => call.Effect).OfType<JobsEffect.Accept>().ToList();
        Assert.Equal(100, pool.Launched.Count);
        Assert.Equal(2, accepts.Count);
        Assert.All(accepts, accept => Assert.InRange(accept.Operations.Sum(operation => operation.CalculateSize()), 1, (4 * 1024 * 1024) + 100_000));
    }

    [Fact]
    public void PutOff_OfferForTheRunThatWaits_IsKept()
    {
        var core = new JobsCore(new(), new Dictionary<string, IMessage>(StringComparer.Ordinal), A.Start);
        Step(core, new JobsInput.Subscribed(new("framework"), "master", Again: false), 0);
        foreach (var job in Enumerable.Range(0, 300).Select(i => A.Job($"job{i}", "R/2031-01-01T00:00:10Z/PT1H")))
        {
            Step(core, Request(new JobsCommand.Put(A.Draft(job), Strict: false)), 0);
        }

        Step(core, Request(new JobsCommand.Put(A.Draft(A.Job("a")), Strict: false)), 0);
        Step(core, Request(new JobsCommand.Put(A.Draft(A.Job("b") with { Constraints = [new("hostname", "EQUALS", "late")] }), Strict: false)), 0);
        Step(core, new JobsInput.Offered([.. Enumerable.Range(0, 30).Select(i => An.Offer($"host{i}"))]), 9900);
        Assert.Single(Step(core, Request(new JobsCommand.Start(new("a"), null, [], null)), 9900).OfType<JobsEffect.Accept>());

        // What comes is covered again, so that nothing but the run that waits keeps the next offer.
        Step(core, new JobsInput.Offered([.. Enumerable.Range(30, 5).Select(i => An.Offer($"host{i}"))]), 9900);
        Step(core, Request(new JobsCommand.Start(new("b"), null, [], null)), 9901);

        Assert.Empty(Step(core, new JobsInput.Offered([An.Offer("late")]), 9902).OfType<JobsEffect.Decline>());
        Assert.Single(Step(core, new JobsInput.Tick(), 9910).OfType<JobsEffect.Accept>());
    }

    [Fact]
    public void None_OfferComesAfterEpsilonBeforeTheAlarm_IsSkipped()
    {
        var core = new JobsCore(new(), new Dictionary<string, IMessage>(StringComparer.Ordinal), A.Start);
        Step(core, new JobsInput.Subscribed(new("framework"), "master", Again: false), 0);
        var job = A.Job("tick", "R/2031-01-01T00:00:10Z/PT1H") with { CatchUp = CatchUp.None, Epsilon = TimeSpan.FromSeconds(5) };
        Step(core, Request(new JobsCommand.Put(A.Draft(job), Strict: false)), 0);
        Step(core, new JobsInput.Tick(), 10_000);

        Assert.Empty(Step(core, new JobsInput.Offered([An.Offer()]), 15_001).OfType<JobsEffect.Accept>());
        Assert.Equal(RunState.Skipped, core.State.Runs.Find(A.Run("tick", 1))?.State);
    }

    [Fact]
    public void Upcoming_OneRun_OneOfferIsKeptAndTheOthersDeclinedAtOnce()
    {
        var pool = Filled(5);
        Put(pool, 1, "R/2031-01-01T00:01:00Z/PT1H");

        pool.Pass(TimeSpan.FromSeconds(59.5));

        Assert.Equal(1, pool.Core.State.Offers.Count);
        var declined = pool.Calls.Where(call => call.Effect is JobsEffect.Decline && call.At > A.Start.AddSeconds(30)).ToList();
        Assert.Equal(4, declined.Sum(call => ((JobsEffect.Decline)call.Effect).Offers.Count));
        Assert.All(declined, call => Assert.Equal(TimeSpan.FromSeconds(5), ((JobsEffect.Decline)call.Effect).Refuse));
    }

    [Fact]
    public void Upcoming_Constrained_TheOfferThatMeetsItIsKept()
    {
        var pool = new Pool();
        pool.Add(An.Offer("host1").With("rack", "r1"));
        pool.Add(An.Offer("host2").With("rack", "r2"));
        pool.Add(An.Offer("host3").With("rack", "r3"));
        pool.Subscribe();
        pool.Put(A.Job("tick", "R/2031-01-01T00:01:00Z/PT1H") with { Constraints = [new("rack", "LIKE", "r[3-9]")] });

        pool.Pass(TimeSpan.FromSeconds(59.5));
        Assert.Equal("host3", Assert.Single(pool.Core.State.Offers.All).Offer.Hostname);
        pool.Pass(TimeSpan.FromSeconds(0.5));

        Assert.Equal(A.Start.AddMinutes(1), Assert.Single(pool.Launched).At);
    }

    [Fact]
    public void Stuck_RunThatFitsNowhere_HoldsUpNobody()
    {
        var pool = Filled(2);
        pool.Put(A.Job("huge") with { Cpus = 1_000_000, HighPriority = true });
        Put(pool, 3, "R/2031-01-01T00:01:00Z/PT1H");
        pool.Start("huge");

        pool.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal(["job0", "job1", "job2"], pool.LaunchedJobs.Order(StringComparer.Ordinal));
        Assert.Equal(A.Start.AddMinutes(1), pool.Launched.Max(launch => launch.At));
        Assert.Equal(1, pool.Core.State.Queue.High);
    }

    [Fact]
    public void Stuck_JobIsMadeSmaller_IsLaunched()
    {
        var pool = Filled(2);
        pool.Put(A.Job("huge") with { Cpus = 1_000_000 });
        pool.Start("huge");
        pool.Pass(TimeSpan.FromSeconds(10));

        pool.Put(A.Job("huge") with { Cpus = 1000 });
        pool.Pass(Moment);

        Assert.Single(pool.Launched);
    }

    [Fact]
    public void Order_RoomForOne_HighPriorityThenDueTime()
    {
        var pool = new Pool { TaskTime = TimeSpan.FromSeconds(1) };
        pool.Put(A.Job("c") with { Cpus = 1000 });
        pool.Put(A.Job("b") with { Cpus = 1000 });
        pool.Put(A.Job("a") with { Cpus = 1000, HighPriority = true });
        pool.Start("c");
        pool.Pass(Moment);
        pool.Start("b");
        pool.Pass(Moment);
        pool.Start("a");
        pool.Add(An.Offer(cpus: 1));
        pool.Subscribe();

        pool.Pass(TimeSpan.FromSeconds(10));

        Assert.Equal(["a", "c", "b"], pool.LaunchedJobs);
    }

    [Fact]
    public void Rescinded_OfferInHand_IsNotUsedAndAnotherIsAskedFor()
    {
        var pool = Filled(1);
        Put(pool, 1, "R/2031-01-01T00:01:00Z/PT1H");
        pool.Pass(TimeSpan.FromSeconds(59.5));

        pool.Rescind(0);
        Assert.Equal(0, pool.Core.State.Offers.Count);
        pool.Pass(TimeSpan.FromSeconds(0.5));

        Assert.Equal(A.Start.AddMinutes(1), Assert.Single(pool.Launched).At);
    }

    [Fact]
    public void Disconnected_OffersInHand_AreGone()
    {
        var pool = Filled(1);
        Put(pool, 1, "R/2031-01-01T00:01:00Z/PT1H");
        pool.Pass(TimeSpan.FromSeconds(59.5));

        pool.Disconnect();
        Assert.Equal(0, pool.Core.State.Offers.Count);
        pool.Pass(TimeSpan.FromSeconds(10));
        Assert.Empty(pool.Launched);
        pool.Subscribe();
        pool.Pass(Moment);

        Assert.Single(pool.Launched);
    }

    [Fact]
    public void Maintenance_Begun_IsAvoided()
    {
        var pool = new Pool();
        var offer = An.Offer("host1");
        offer.Unavailability = new() { Start = new() { Nanoseconds = A.Start.AddMinutes(-1).ToUnixTimeMilliseconds() * 1_000_000 } };
        pool.Add(offer);
        pool.Subscribe();
        pool.Put(A.Job("tick"));
        pool.Start("tick");
        pool.Pass(TimeSpan.FromSeconds(1));
        Assert.Empty(pool.Launched);

        pool.Add(An.Offer("host2"));
        pool.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal("agent-host2", Assert.Single(pool.Launched).Task.AgentId.Value);
    }

    [Fact]
    public void Reservations_WithLabels_AreLeftAlone()
    {
        var pool = new Pool();
        var offer = An.Offer("host1", cpus: 1);
        offer.Resources[0].Reservations.Add(new Resource.Types.ReservationInfo { Role = "*", Labels = new() { Labels_ = { new Label { Key = "for", Value = "somebody" } } } });
        pool.Add(offer);
        pool.Subscribe();
        pool.Put(A.Job("tick"));

        pool.Start("tick");
        pool.Pass(TimeSpan.FromSeconds(1));

        Assert.Empty(pool.Launched);
    }

    [Fact]
    public void LostRevival_IsRepeatedAfterLongerAndLongerWaits()
    {
        var pool = Filled(1);
        pool.Put(A.Job("tick"));
        pool.Pass(TimeSpan.FromMinutes(1));
        pool.IsLost = effect => effect is JobsEffect.Revive;

        pool.Start("tick");
        pool.Pass(TimeSpan.FromSeconds(20));

        var revivals = pool.Calls.Where(call => call.Effect is JobsEffect.Revive).Select(call => call.At - A.Start.AddMinutes(1)).ToList();
        Assert.Equal([0.0, 1, 3, 7, 15], revivals.Select(at => Math.Round(at.TotalSeconds)));
        pool.IsLost = _ => false;
        pool.Pass(TimeSpan.FromSeconds(16));
        Assert.Single(pool.Launched);
    }

    [Fact]
    public void LostSuppression_IsRepeatedWhenOffersComeAllTheSame()
    {
        var pool = new Pool { IsLost = effect => effect is JobsEffect.Suppress };
        pool.Add(An.Offer());
        pool.Subscribe();
        pool.Put(A.Job("tick"));
        pool.Pass(TimeSpan.FromMinutes(1));
        Assert.True(pool.Calls.Count(call => call.Effect is JobsEffect.Suppress) > 1);
        Assert.Equal(0, pool.Core.State.Offers.Count);

        pool.IsLost = _ => false;
        pool.Pass(TimeSpan.FromMinutes(1));
        var calls = pool.Calls.Count;
        pool.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal(calls, pool.Calls.Count);
    }

    [Fact]
    public void Chain_QuickTasks_EachStartsSoonAfterItsParent()
    {
        var pool = Filled(20);
        pool.TaskTime = TimeSpan.FromMilliseconds(5);
        pool.Put(A.Job("job0"));
        for (var i = 1; i < 100; i++)
        {
            pool.Put(A.Child($"job{i}", $"job{i - 1}"));
        }

        pool.Start("job0");
        pool.Pass(TimeSpan.FromSeconds(5));

        Assert.Equal(100, pool.Launched.Count);
        Assert.InRange(pool.Launched[^1].At - pool.Launched[0].At, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.False(pool.Core.State.Demand.IsWanted);
    }

    [Fact]
    public void Hand_DemandThatNeverStops_NoOfferIsKeptBeyondItsTime()
    {
        // The run always to come keeps an offer; with the pool checked after every step, none is kept for too long.
        var pool = Filled(3);
        Put(pool, 1, "R/2031-01-01T00:00:01Z/PT1S");
        pool.Pass(TimeSpan.FromSeconds(30.5));

        Assert.Equal(30, pool.Launched.Count);
        Assert.All(pool.Launched, launch => Assert.Equal(0, launch.At.Millisecond));
        Assert.Equal(1, pool.Core.State.Offers.Count);
    }

    private static Pool Filled(int agents)
    {
        var pool = new Pool();
        for (var i = 0; i < agents; i++)
        {
            pool.Add(An.Offer($"host{i}"));
        }

        pool.Subscribe();
        return pool;
    }

    private static JobsInput.Request Request(JobsCommand command) => new(new(1), command);

    private static List<JobsEffect> Step(JobsCore core, JobsInput input, int milliseconds)
    {
        var effects = new List<JobsEffect>();
        core.Step(input, A.Start.AddMilliseconds(milliseconds), effects);
        core.CheckInvariants();
        return effects;
    }

    private static void Put(Pool pool, int jobs, string schedule)
    {
        for (var i = 0; i < jobs; i++)
        {
            pool.Put(A.Job($"job{i}", schedule));
        }
    }
}
