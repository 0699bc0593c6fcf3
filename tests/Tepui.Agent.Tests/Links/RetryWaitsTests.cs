using Tepui.Agent.Links;

namespace Tepui.Agent.Tests.Links;

public sealed class RetryWaitsTests
{
    [Fact]
    public void Next_ManyFailures_GrowsUpToOneMinute()
    {
        var waits = new RetryWaits(TimeSpan.FromSeconds(1));

        Assert.True(waits.Next() <= TimeSpan.FromSeconds(1) / 16);
        for (var i = 0; i < 100; i++)
        {
            Assert.InRange(waits.Next(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
        }

        waits.Reset();
        Assert.True(waits.Next() <= TimeSpan.FromSeconds(1) / 16);
    }
}
