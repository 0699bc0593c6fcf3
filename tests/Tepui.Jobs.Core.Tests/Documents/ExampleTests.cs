using Tepui.Jobs.Core.Documents;
using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Tests.Documents;

public sealed class ExampleTests
{
    public static TheoryData<string> All() => new(Example.Names());

    [Theory, MemberData(nameof(All))]
    public void Read_Example_IsTakenOrRefusedAsItSays(string name)
    {
        var example = Example.Read(name);
        var kind = example.Request.EndsWith("/dependency", StringComparison.Ordinal) ? DraftKind.Dependent : DraftKind.Scheduled;

        var draft = Parse.Raw(example.Text, kind);

        Assert.Equal(example.Status == 400, draft.Spec is null || draft.CreateProblems.Count > 0);
        Assert.Equal(example.Status == 500, draft is { Spec: { Schedule: null, Parents: [] }, Problems: [] });
    }

    [Fact]
    public void Read_ScheduledExample_HasAllItsMembers()
    {
        var spec = Parse.Raw(Example.Read("scheduled").Text).Spec!;

        Assert.Equal("night_sweep", spec.Name.Value);
        Assert.Equal(new DateTimeOffset(2031, 3, 2, 8, 15, 0, TimeSpan.Zero), spec.Schedule!.Times.FirstAtOrAfter(Parse.Now.AddYears(-1)));
        Assert.Equal("America/Denver", spec.Schedule.Zone);
        Assert.Equal((4, "ops@example.org,second@example.org", "ops", "own value"), (spec.Retries, spec.Owner, spec.OwnerName, spec.Description));
        Assert.Equal((300, 200_000, 50_000), (spec.Cpus, spec.Mem, spec.Disk));
        Assert.Equal((true, true, true, "batch"), (spec.SoftError, spec.HighPriority, spec.DataProcessing, spec.RunAsUser));
        Assert.Equal(TimeSpan.FromMinutes(15), spec.MaxCompletionTime);
        Assert.Equal(new EnvironmentVariable("DEPTH", "3"), Assert.Single(spec.Environment));
        Assert.Equal(new Fetch("https://files.example.org/sweep.tgz"), Assert.Single(spec.Fetch));
        Assert.Equal([new("rack", "EQUALS", "r7"), new("class", "LIKE", "big.*"), new("room", "UNLIKE", "lab")], spec.Constraints);
        Assert.Equal("--quick", Assert.Single(spec.Arguments));
    }

    [Fact]
    public void Read_ContainerExample_BeginsOneSecondAgo()
    {
        var spec = Parse.Raw(Example.Read("container").Text).Spec!;

        Assert.Equal(Parse.Now.AddSeconds(-1), spec.Schedule!.Times.FirstAtOrAfter(DateTimeOffset.UnixEpoch));
        Assert.Equal(6, spec.Schedule.Times.Count);
        Assert.Equal(("DOCKER", "pack:5", "BRIDGE", true), (spec.Container!.Type, spec.Container.Image, spec.Container.Network, spec.Container.ForcePullImage));
        Assert.Equal(new Parameter("env", "A=1"), Assert.Single(spec.Container.Parameters));
        Assert.Equal(new ContainerVolume("/srv/in", "/in", "RO", null), Assert.Single(spec.Container.Volumes));
    }
}
