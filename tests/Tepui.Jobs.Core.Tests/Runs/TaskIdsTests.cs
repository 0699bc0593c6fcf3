using System.Text;
using Tepui.Jobs.Core.Runs;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Tests.Building;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Tests.Runs;

public sealed class TaskIdsTests
{
    [Theory]
    [InlineData("", "ct:1700000000000:2:nightly:")]
    [InlineData("--since 5 -v", "ct:1700000000000:2:nightly:--since 5 -v")]
    [InlineData("a;b/c\\d\ne\tf\0g\u007f\u0085h", "ct:1700000000000:2:nightly:abcdefgh")]
    [InlineData("a:b:c", "ct:1700000000000:2:nightly:a:b:c")]
    [InlineData("lone \ud800 half", "ct:1700000000000:2:nightly:lone  half")]
    public void Compose_Arguments_CleanedOfWhatNoIdMayHold(string arguments, string id) =>
        Assert.Equal(id, TaskIds.Compose(1_700_000_000_000, 2, new("nightly"), arguments).Value);

    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("汉")]
    [InlineData("😀")]
    public void Compose_LongestNameAndArguments_StillAnId(string letter)
    {
        var job = new JobName(new string('j', JobName.LengthMax));
        var id = TaskIds.Compose(long.MaxValue, int.MaxValue, job, string.Concat(Enumerable.Repeat(letter, 1000)));
        Assert.Null(IdRule.Problem(id.Value));
        Assert.True(Encoding.UTF8.GetByteCount(id.Value) > IdRule.BytesMax - 4);
        Assert.Equal(job, TaskIds.JobOf(id));
        Assert.Equal(long.MaxValue, TaskIds.MillisOf(id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ct:1:2")]
    [InlineData("xx:1:2:job:")]
    [InlineData("ct:1:2:not a name:")]
    public void JobOf_NoneOfOurs_Nothing(string id) => Assert.Null(TaskIds.JobOf(new(id)));

    [Fact]
    public void Launch_SameMomentOrClockSetBack_IdsAreDifferent()
    {
        var driver = new RunsDriver();
        driver.Put(A.Job("a") with { Concurrency = Concurrency.Allow, Arguments = ["x", "y"] });
        driver.Start("a");
        driver.Start("a");
        var first = driver.Launch();
        var ms = A.Start.ToUnixTimeMilliseconds();
        Assert.Equal([$"ct:{ms}:0:a:x y", $"ct:{ms + 1}:0:a:x y"], first);
        driver.Now -= TimeSpan.FromDays(1);
        driver.Restart();
        driver.Start("a", "own");
        Assert.Equal($"ct:{ms + 2}:0:a:own", driver.LaunchOne());
    }

    [Fact]
    public void Launch_JobMadeAgainAfterTheClockWasSetBack_IdsAreDifferent()
    {
        var driver = AttemptTests.Started(out _);
        driver.Pass(TimeSpan.FromSeconds(5));
        driver.Finish(driver.LaunchOne());
        var used = driver.Now.ToUnixTimeMilliseconds();
        driver.Remove("a");
        driver.Now -= TimeSpan.FromHours(1);
        driver.Restart();
        driver.Put(A.Job("a"));
        driver.Start("a");
        Assert.Equal($"ct:{used + 1}:0:a:", driver.LaunchOne());
    }

    [Fact]
    public void Find_TaskOfAnEndedRun_IsFound()
    {
        var driver = AttemptTests.Started(out var run);
        var task = driver.LaunchOne();
        driver.Tell(task, TaskState.TaskFinished);
        Assert.True(driver.State.Runs.TryFind(new(task), out var found));
        Assert.Equal(run, found.Id);
        Assert.False(driver.State.Runs.TryFind(new(task + "x"), out _));
    }
}
