using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Tests.Runs;

/// <summary>Clocks that are set back: no wait lasts longer than once more its first length.</summary>
public sealed class ClockTests
{
    private static readonly TimeSpan Back = TimeSpan.FromHours(5);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SetBack_Retry_WaitsOnceMoreAtMost(bool diesMeanwhile)
    {
        var driver = AttemptTests.Started(out _);
        driver.Tell(driver.LaunchOne(), TaskState.TaskFailed);
        SetBack(driver, diesMeanwhile);
        driver.Pass(TimeSpan.FromSeconds(60));
        driver.Finish(driver.LaunchOne());
        Assert.Equal(RunState.Succeeded, driver.Run("a").State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SetBack_Unreachable_GivenUpInTime(bool diesMeanwhile)
    {
        var driver = AttemptTests.Started(out _);
        driver.Tell(driver.LaunchOne(), TaskState.TaskUnreachable);
        SetBack(driver, diesMeanwhile);
        driver.Pass(TimeSpan.FromSeconds(300));
        Assert.Equal(RunState.Waiting, driver.Run("a").State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SetBack_Timeout_KilledInTime(bool diesMeanwhile)
    {
        var driver = AttemptTests.Started(out _, A.Job("a") with { MaxCompletionTime = TimeSpan.FromMinutes(10) });
        var task = driver.LaunchOne();
        SetBack(driver, diesMeanwhile);
        driver.Pass(TimeSpan.FromMinutes(10));
        Assert.Equal([task], driver.Kills);
    }

    [Fact]
    public void SetBack_KillAndQuestion_SentAgainInTime()
    {
        var driver = AttemptTests.Started(out _);
        var task = driver.LaunchOne(null);
        SetBack(driver, diesMeanwhile: false);
        driver.Effects.Clear();
        driver.Pass(TimeSpan.FromSeconds(30));
        Assert.Contains(driver.Questions, question => question.Tasks.Any(asked => asked.Task.Value == task));
        driver.Kill("a");
        SetBack(driver, diesMeanwhile: false);
        driver.Effects.Clear();
        driver.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal([task], driver.Kills);
        driver.Effects.Clear();
        driver.Pass(TimeSpan.FromMinutes(10));
        Assert.Contains(driver.Questions, question => question.Tasks.Count == 0);
    }

    [Fact]
    public void SetForwardAndBack_NothingTwice()
    {
        var driver = AttemptTests.Started(out _, A.Job("a", "R/2031-01-01T01:00:00Z/PT1H"));
        driver.LaunchOne();
        driver.Now += TimeSpan.FromDays(3);
        driver.Tick();
        Assert.Equal(2, driver.Of("a").Count);
        driver.Now -= TimeSpan.FromDays(3);
        driver.Pass(TimeSpan.FromDays(2));
        Assert.Equal(2, driver.Of("a").Count);
        Assert.Equal(72, driver.Run("a", 2).Cause.Covers);
    }

    [Fact]
    public void SetBack_ALittle_ChangesNothing()
    {
        var driver = AttemptTests.Started(out _);
        driver.Tell(driver.LaunchOne(), TaskState.TaskFailed);
        var before = driver.Run("a");
        driver.Now -= TimeSpan.FromMilliseconds(900);
        driver.Tick();
        Assert.Same(before, driver.Run("a"));
    }

    private static void SetBack(RunsDriver driver, bool diesMeanwhile)
    {
        driver.Now -= Back;
        if (diesMeanwhile)
        {
            driver.Restart();
        }
        else
        {
            driver.Tick();
        }
    }
}
