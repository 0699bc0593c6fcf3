using FsCheck;
using FsCheck.Fluent;

namespace Tepui.Jobs.Core.Tests.Runs;

/// <summary>What is promised holds whatever happens: random jobs, outcomes, crashes, cut-off agents and clocks that jump.</summary>
public sealed class PromiseTests
{
    private static readonly Arbitrary<(int Seed, int Events)> Histories = (from seed in Gen.Choose(0, int.MaxValue) from events in Gen.Choose(0, 150) select (seed, events)).ToArbitrary();

    [Fact]
    public void Promise_WhateverHappens_EveryTimeHasOneRunOrWasSkipped() => Prop.ForAll(Histories, history => Live(history.Seed, history.Events))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static void Live(int seed, int events)
    {
        var world = new World(seed);
        for (var i = 0; i < events; i++)
        {
            // Comparing with a restarted core takes most of the time; other tests do it after every step.
            world.Driver.ChecksRestart = i % 4 == 0;
            world.Act();
        }

        world.Driver.ChecksRestart = false;
        world.Heal();
        world.CheckPromise();
    }
}
