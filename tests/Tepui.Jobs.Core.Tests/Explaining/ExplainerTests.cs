using Tepui.Jobs.Core.Explaining;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Tests.Explaining;

public sealed class ExplainerTests
{
    private readonly JobsHarness _world = new();

    [Fact]
    public void Explain_UnknownJob_IsNothing() => Assert.Null(_world.Core.Explain(new("nobody"), _world.Now));

    [Fact]
    public void Explain_DueLater_SaysWhen()
    {
        _world.Put(A.Job("tick"));

        Says("waits for its next time", "It is due next at 2031-01-01T12:00:00Z.");
    }

    [Fact]
    public void Explain_LastRunWaits_DoesNotSayThatAllAreDone()
    {
        var world = new JobsHarness(isSubscribed: false);
        world.Put(A.Job("tick", "R1/2031-01-01T00:00:00Z/P1D"));
        world.Pass(TimeSpan.FromSeconds(1));

        var reasons = world.Core.Explain(new("tick"), world.Now)!.Reasons;

        Assert.StartsWith("Run 1, due at 2031-01-01T00:00:00Z,", reasons[0], StringComparison.Ordinal);
        Assert.Equal("Its schedule has no further time.", reasons[^1]);
    }

    [Fact]
    public void Explain_Disabled_SaysByWhom()
    {
        _world.Put(A.Job("tick") with { Disabled = true });

        Says("disabled", "It is disabled by its author; enable it to run it.");
    }

    [Fact]
    public void Explain_DisabledByFailures_SaysAfterHowMany()
    {
        var world = new JobsHarness(new() { DisableAfterFailures = 2 });
        world.Put(A.Job("tick") with { Retries = 0 });
        world.Complete("tick", TaskState.TaskFailed);
        world.Complete("tick", TaskState.TaskFailed);

        Says(world, "disabled", "It is disabled after 2 failed runs without a success (disable_after_failures is 2); enable it when its cause is removed.");
    }

    [Fact]
    public void Explain_RetryWaits_SaysUntilWhenAndWhy()
    {
        _world.Put(A.Job("tick"));
        _world.Complete("tick", TaskState.TaskFailed);

        var explanation = Explain("tick");

        Assert.Equal("waits for its next attempt", explanation.State);
        Assert.StartsWith("Run 1, due at 2031-01-01T00:00:00Z, is tried again at 2031-01-01T00:01:00Z (attempt 2 of 3)", explanation.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_AnotherRunUnderWay_SaysThatRunsDoNotOverlap()
    {
        _world.Put(A.Job("tick"));
        _world.Start("tick");
        _world.Start("tick");

        var explanation = Explain("tick");

        Assert.Equal("1 running, 1 waiting", explanation.State);
        Assert.Contains("waits until run 1 has ended", explanation.Reasons[0], StringComparison.Ordinal);
        Assert.StartsWith("Run 1 runs on host1 since", explanation.Reasons[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_AgentCutOff_SaysSinceWhen()
    {
        _world.Put(A.Job("tick"));
        _world.Start("tick");
        _world.Tell(_world.Alive.Single(), TaskState.TaskUnreachable);

        Says("1 running", "Run 1 is on host1, which is cut off since 2031-01-01T00:00:00Z; it is taken for lost after 300 s.");
    }

    [Fact]
    public void Explain_NoMaster_SaysSo()
    {
        _world.Put(A.Job("tick"));
        _world.Disconnect();
        _world.Start("tick");

        Says("waits for a master", "There is no subscription to a master, and so there are no offers; look whether a master runs, and at the log of this process.");
    }

    [Fact]
    public void Explain_NoOffers_SaysSo()
    {
        var world = new JobsHarness { Host = () => An.Offer(role: "other") };
        world.Put(A.Job("tick") with { Cpus = 200_000 });
        world.Start("tick");
        world.Pass(TimeSpan.FromMinutes(5));
        world.Host = () => An.Offer("host2", cpus: 4);
        world.Pass(TimeSpan.FromMinutes(1));

        Says(world, "waits for an offer", "1 agent: in maintenance.", "1 agent: too few cpus; a run needs 200, most that one of them offered is 4.");
    }

    [Fact]
    public void Explain_NoOfferYet_SaysSo()
    {
        var world = new JobsHarness(isSubscribed: false);
        world.Put(A.Job("tick"));
        world.Start("tick");
        world.Core.Step(new JobsInput.Subscribed(new("framework"), "master", Again: false), world.Now, []);

        Says(world, "waits for an offer", "No offer has come yet: the master has nothing free for role *, or gives it to others.");
    }

    [Fact]
    public void Explain_NoneLargeEnough_NamesTheNearest()
    {
        var world = new JobsHarness { Host = () => An.Offer(cpus: 2, mem: 64) };
        world.Put(A.Job("tick") with { Cpus = 4000 });
        world.Start("tick");

        Says(world, "waits for an offer",
            "None of 1 agent that offered something to role * in the last 10 minutes can take it.",
            "1 agent: too few cpus; a run needs 4, most that one of them offered is 2.",
            "1 agent: too little memory; a run needs 128 MB, most that one of them offered is 64 MB.");
        var nearest = Explain(world, "tick").NearestMiss!;
        Assert.Equal("host1", nearest.Hostname);
        Assert.Equal([new Shortage("cpus", 4000, 2000), new Shortage("mem", 128_000, 64_000)], nearest.Missing);
    }

    [Fact]
    public void Explain_ConstraintNoAgentMeets_SaysWhatThereIs()
    {
        var world = new JobsHarness { Host = () => An.Offer().With("rack", "r2") };
        world.Put(A.Job("tick") with { Constraints = [new("rack", "EQUALS", "r1")] });
        world.Start("tick");

        Says(world, "waits for an offer", "1 agent: constraint rack EQUALS r1 is not met (there is r2).");
        Assert.Equal("rack EQUALS r1", Explain(world, "tick").NearestMiss?.Constraint);
    }

    [Fact]
    public void Explain_ParentsThatDoNotExist_NamesThem()
    {
        _world.Put(A.Child("tick", "left", "right"));

        Says("waits for its parents", "It is not triggered while parents 'left', 'right' do not exist; create those jobs, or leave the name out of parents.");
    }

    [Fact]
    public void Explain_OneParentHasDoneItsPart_SaysWhichLacks()
    {
        _world.Put(A.Job("left"));
        _world.Put(A.Job("right") with { Disabled = true });
        _world.Put(A.Child("tick", "left", "right"));
        _world.Complete("left");
        _world.Complete("left");

        Says("waits for its parents", "It runs when every parent has as many counted ends (success); still missing: 'right' (0 of 2).", "Parent 'right' is disabled and does not run.");
    }

    [Fact]
    public void Explain_SkippedOccurrences_SaysHowMany()
    {
        var world = new JobsHarness(isSubscribed: false);
        world.Put(A.Job("tick", "R/2031-01-01T00:01:00Z/PT1M") with { CatchUp = CatchUp.None, Epsilon = TimeSpan.FromSeconds(10) });
        world.Pass(TimeSpan.FromMinutes(3.5));

        Assert.Contains(Explain(world, "tick").Reasons, reason => reason.StartsWith("3 occurrences were never launched, the last that of 2031-01-01T00:03:00Z", StringComparison.Ordinal));
    }

    private static Explanation Explain(JobsHarness world, string job) => world.Core.Explain(new(job), world.Now)!;

    private static void Says(JobsHarness world, string state, params string[] reasons)
    {
        var explanation = Explain(world, "tick");
        Assert.Equal(state, explanation.State);
        Assert.All(reasons, reason => Assert.Contains(reason, explanation.Reasons));
    }

    private Explanation Explain(string job) => Explain(_world, job);

    private void Says(string state, params string[] reasons) => Says(_world, state, reasons);
}
