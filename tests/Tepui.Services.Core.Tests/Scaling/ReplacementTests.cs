using Tepui.Services.Core.Scaling;

namespace Tepui.Services.Core.Tests.Scaling;

/// <summary>The rule alone: what is there goes in, what to do comes out.</summary>
public sealed class ReplacementTests
{
    [Theory]
    [InlineData(4, 1, 1, false, 0, 4, 8)]
    [InlineData(4, 1, 0, false, 0, 1, 5)]
    [InlineData(4, 0.5, 0, false, 2, 2, 4)]
    [InlineData(4, 0, 0, false, 4, 4, 4)]
    [InlineData(10, 0.5, 0.2, false, 5, 7, 12)]
    [InlineData(3, 0.34, 0, false, 1, 1, 3)]
    [InlineData(3, 1, 0, true, 1, 1, 3)]
    public void Next_AllOldServe_EndsAndStartsAsTheUpgradeStrategySays(int instances, double health, double over, bool isResident, int ended, int started, int most)
    {
        var bounds = ReplacementBounds.Rolling(instances, health, over, isResident);

        var first = Replacement.Next(new Tally { OldServing = instances }, bounds);
        var second = Replacement.Next(new Tally { OldServing = instances - first.EndServing, New = first.Start }, bounds);

        Assert.Equal(ended, first.EndServing);
        Assert.Equal(0, second.EndServing);
        Assert.Equal(started, first.Start + second.Start);
        Assert.Equal(most, bounds.Most);
    }

    [Fact]
    public void Next_OneNewReady_EndsOneOld()
    {
        var moves = Replacement.Next(new Tally { OldServing = 4, New = 4, NewReady = 1 }, ReplacementBounds.Rolling(4, 1, 1, isResident: false));

        Assert.Equal(new ReplacementMoves(0, 0, 0, EndServing: 1, 0, 0), moves);
    }

    [Fact]
    public void Next_EndingOnesStillThere_TheyTakeUpCapacity()
    {
        var moves = Replacement.Next(new Tally { OldServing = 2, Ending = 2 }, ReplacementBounds.Rolling(4, 0.5, 0, isResident: false));

        Assert.Equal(default, moves);
    }

    [Fact]
    public void Next_SomeOldFail_TheyGoFirst()
    {
        var moves = Replacement.Next(new Tally { OldServing = 4, OldFailing = 2 }, ReplacementBounds.Rolling(6, 0.5, 0, isResident: false));

        Assert.Equal((2, 1), (moves.EndFailing, moves.EndServing));
    }

    [Fact]
    public void Next_OldAreNotUpYet_TheyGoAtOnce()
    {
        var moves = Replacement.Next(new Tally { OldWaiting = 2, OldStarting = 3, OldServing = 1 }, ReplacementBounds.Rolling(6, 1, 0, isResident: false));

        Assert.Equal((2, 3, 0), (moves.EndWaiting, moves.EndStarting, moves.EndServing));
    }

    [Fact]
    public void Next_FewerWanted_EndsTheSurplusAtOnce()
    {
        var moves = Replacement.Next(new Tally { OldServing = 10 }, ReplacementBounds.Rolling(4, 1, 0, isResident: false));

        Assert.Equal(6, moves.EndServing);
    }

    [Fact]
    public void Next_TooManyNew_EndsThem()
    {
        var moves = Replacement.Next(new Tally { New = 6, NewReady = 6 }, ReplacementBounds.Rolling(4, 1, 1, isResident: false));

        Assert.Equal(2, moves.EndNew);
    }

    [Fact]
    public void Next_ResidentStuckButOneIsComingUp_WaitsForIt()
    {
        var moves = Replacement.Next(new Tally { OldServing = 2, New = 1 }, ReplacementBounds.Rolling(3, 1, 0, isResident: true));

        Assert.Equal(default, moves);
    }

    [Fact]
    public void Next_FirstOfACanary_KeepsTheOthers()
    {
        var bounds = ReplacementBounds.Rolling(4, 0, 0, isResident: false) with { MostNew = 1, LeastOld = 3 };

        var moves = Replacement.Next(new Tally { OldServing = 4 }, bounds);

        Assert.Equal((1, 0), (moves.EndServing, moves.Start));
    }

    /// <summary>From any start whatever, with news in any order, a replacement never goes below its floor or above its capacity by its own doing, and always ends.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void Next_AnyStartAnyOrder_StaysWithinBoundsAndEnds(int seed)
    {
        var random = new Random(seed);
        var target = random.Next(1, 12);
        var isResident = random.Next(4) == 0;
        var bounds = ReplacementBounds.Rolling(target, Fraction(random), isResident ? 0 : Fraction(random), isResident);
        var now = new Tally { OldServing = random.Next(target + 2), OldFailing = random.Next(target + 2), OldStarting = random.Next(3), OldWaiting = random.Next(3), Ending = random.Next(2) };
        var floor = bounds.LeastServing - (bounds.LeastServing == bounds.Capacity && isResident ? 1 : 0);

        for (var round = 0; round < 1000 && (now.Old > 0 || now.NewReady < target || now.New != target || now.Ending > 0); round++)
        {
            var moves = Replacement.Next(now, bounds);
            var after = Apply(now, moves);
            Assert.True(after.Serving >= Math.Min(floor, now.Serving), $"{now} {bounds} {moves}");
            Assert.True(moves.Start == 0 || Occupied(after) <= bounds.Most, $"{now} {bounds} {moves}");
            Assert.Equal(0, Replacement.Next(after, bounds).EndServing);
            now = Happen(after, random);
        }

        Assert.Equal((0, target, target), (now.Old, now.New, now.NewReady));
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 300)];

    private static double Fraction(Random random) => random.Next(5) / 4.0;

    private static int Occupied(Tally now) => now.Old - now.OldWaiting + now.New + now.Ending;

    private static Tally Apply(Tally now, ReplacementMoves moves) => now with
    {
        OldWaiting = now.OldWaiting - moves.EndWaiting,
        OldStarting = now.OldStarting - moves.EndStarting,
        OldFailing = now.OldFailing - moves.EndFailing,
        OldServing = now.OldServing - moves.EndServing,
        New = now.New - moves.EndNew + moves.Start,
        Ending = now.Ending + moves.EndStarting + moves.EndFailing + moves.EndServing + moves.EndNew,
    };

    private static Tally Happen(Tally now, Random random) => random.Next(3) switch
    {
        0 when now.Ending > 0 => now with { Ending = now.Ending - 1 },
        1 when now.New > now.NewReady => now with { NewReady = now.NewReady + 1 },
        2 when now.OldServing > 0 && random.Next(5) == 0 => now with { OldServing = now.OldServing - 1, OldFailing = now.OldFailing + 1 },
        _ => now,
    };
}
