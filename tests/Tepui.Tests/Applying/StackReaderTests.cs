using Tepui.Applying;
using Tepui.Documents;
using Tepui.Terminal;

namespace Tepui.Tests.Applying;

public sealed class StackReaderTests
{
    [Fact]
    public void Kinds_ByWhatTheyHold_AreToldApart()
    {
        var stack = Read("id: web\ncmd: x\n---\nid: /p\ncontainers: []\n---\nid: /shop\napps: []\n");

        Assert.Equal("/web", Assert.Single(stack.Apps).Id);
        Assert.Equal("/p", Assert.Single(stack.Pods).Id);
        Assert.Equal("/shop", Assert.Single(stack.Groups).Id);
    }

    [Fact]
    public void Holder_WithoutId_RemovesNothing()
    {
        var stack = Read("apps: [{id: /a, cmd: x}]\npods: [{id: /p, containers: []}]\n");

        Assert.Equal("/a", Assert.Single(stack.Apps).Id);
        Assert.Equal("/p", Assert.Single(stack.Pods).Id);
        Assert.Empty(stack.Groups);
        Assert.Empty(stack.CompletePodGroups);
    }

    [Fact]
    public void Pods_InAGroup_AreTakenOut()
    {
        var stack = Read("id: /shop\ngroups: [{id: back, pods: [{id: p, containers: []}]}]\n");

        Assert.Equal("/shop/back/p", Assert.Single(stack.Pods).Id);
        Assert.Equal("/shop/back", Assert.Single(stack.CompletePodGroups));
        Assert.DoesNotContain("pods", stack.Groups[0].Json.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Dependencies_OfAnAppOnItsOwn_AreToldFromTheRoot()
    {
        var stack = Read("id: /shop/web\ncmd: x\ndependencies: [shop/db, /other]\n");

        Assert.Equal("""["/shop/db","/other"]""", stack.Apps[0].Json["dependencies"]!.ToJsonString());
    }

    [Fact]
    public void Problems_Several_AreSaidAtOnce()
    {
        var failure = Assert.Throws<CommandFailure>(() => Read("cmd: x\n---\nid: /a\ncmd: x\n---\nid: a\ncmd: y\n---\njust text\n"));

        Assert.Contains("s.yaml:1: the document has no id", failure.Message, StringComparison.Ordinal);
        Assert.Contains("/a is described more than once: s.yaml:3, s.yaml:6", failure.Message, StringComparison.Ordinal);
        Assert.Contains("s.yaml:9: an app, a pod, a group or a job was expected", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Jobs_AmongApps_AreToldByTheirSchedule()
    {
        var stack = Read("name: nightly\nschedule: R//P1D\ncommand: x\n---\nid: web\ncmd: x\n---\n- {name: after, parents: [nightly]}\n- {name: early, cron: '@daily'}\n---\njobs: [{name: plain}]\napps: [{id: /b, cmd: y}]\n");

        Assert.Equal(["nightly s.yaml:1", "after s.yaml:8(0)", "early s.yaml:8(1)", "plain s.yaml:11/jobs(0)"], stack.Jobs.Select(job => $"{job.Name} {job.Origin}"));
        Assert.Equal(["/web", "/b"], stack.Apps.Select(app => app.Id));
        Assert.True(stack.HasServices);
        Assert.False(Read("name: nightly\ncron: '@daily'\n").HasServices);
    }

    [Fact]
    public void Jobs_Wrong_AreSaidTogetherWithTheRest()
    {
        var failure = Assert.Throws<CommandFailure>(() => Read("command: x\ncron: '@daily'\n---\n{name: a, cron: '@daily'}\n---\n{name: a, parents: [b]}\n---\nid: /g\napps: []\njobs: []\n---\ncmd: x\n---\njobs: [just text]\n"));

        Assert.Contains("s.yaml:1: /name is missing; a job needs one", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the job a is described more than once: s.yaml:4, s.yaml:6", failure.Message, StringComparison.Ordinal);
        Assert.Contains("s.yaml:8/jobs: jobs belong to no group; write them as documents of their own", failure.Message, StringComparison.Ordinal);
        Assert.Contains("s.yaml:12: the document has no id, and is no job, which has a name and a schedule, cron or parents", failure.Message, StringComparison.Ordinal);
        Assert.Contains("s.yaml:14/jobs(0): a job was expected, as an object", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Twins_InAGroupAndOnTheirOwn_AreRefused()
    {
        var failure = Assert.Throws<CommandFailure>(() => Read("id: /shop\napps: [{id: web, cmd: x}]\n---\nid: /shop/web\ncmd: y\n"));

        Assert.Contains("/shop/web", failure.Message, StringComparison.Ordinal);
    }

    private static Stack Read(string yaml) => StackReader.Read(DocumentText.Parse("s.yaml", yaml));
}
