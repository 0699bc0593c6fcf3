using Tepui.Model.Time;

namespace Tepui.Model.Tests.Time;

public sealed class AlarmQueueTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly AlarmQueue<string> _queue = new();
    private readonly List<string> _rang = [];

    [Fact]
    public void RingDue_ByTimeThenBySetting()
    {
        Set("late", 3);
        Set("first", 1);
        Set("second", 1);
        Set("far", 9);

        Assert.Equal(Start.AddSeconds(1), _queue.Next);
        Ring(5);

        Assert.Equal(["first", "second", "late"], _rang);
        Assert.Equal(Start.AddSeconds(9), _queue.Next);
    }

    [Fact]
    public void Cancelled_Many_AreNotKeptUntilTheirTime()
    {
        Set("last", 9);
        for (var i = 0; i < 100_000; i++)
        {
            Set("cancelled", 5).Cancel();
        }

        Assert.InRange(_queue.Count, 1, 2048);
        Ring(10);
        Assert.Equal(["last"], _rang);
    }

    [Fact]
    public void Cancelled_NeverRingsAndIsNoDeadline()
    {
        Set("a", 1).Cancel();

        Assert.Null(_queue.Next);
        Ring(5);
        Assert.Empty(_rang);
    }

    [Fact]
    public void CancelledByAnEarlierOneOfTheSameTurn_DoesNotRing()
    {
        Alarm<string>? second = null;
        _queue.Set(Start.AddSeconds(1), _ => second!.Cancel());
        second = Set("second", 1);

        Ring(5);

        Assert.Empty(_rang);
    }

    [Fact]
    public void SetWhileRinging_RingsInALaterTurn()
    {
        _queue.Set(Start.AddSeconds(1), _ => Set("again", 1));

        Ring(5);
        Assert.Empty(_rang);
        Ring(5);
        Assert.Equal(["again"], _rang);
    }

    private Alarm<string> Set(string name, int second) => _queue.Set(Start.AddSeconds(second), _ => _rang.Add(name));

    private void Ring(int second) => _queue.RingDue("turn", Start.AddSeconds(second));
}
