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
        Assert.Contains("s.yaml:9: an app, a pod or a group was expected", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Job_AmongApps_IsSentElsewhere()
    {
        var failure = Assert.Throws<CommandFailure>(() => Read("name: nightly\nschedule: R//P1D\ncommand: x\n"));

        Assert.Contains("s.yaml:1: nightly looks like a job, which 'tepui job add' takes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Twins_InAGroupAndOnTheirOwn_AreRefused()
    {
        var failure = Assert.Throws<CommandFailure>(() => Read("id: /shop\napps: [{id: web, cmd: x}]\n---\nid: /shop/web\ncmd: y\n"));

        Assert.Contains("/shop/web", failure.Message, StringComparison.Ordinal);
    }

    private static Stack Read(string yaml) => StackReader.Read(DocumentText.Parse("s.yaml", yaml));
}
