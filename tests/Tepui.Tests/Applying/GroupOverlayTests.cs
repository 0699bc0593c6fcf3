using System.Text.Json.Nodes;
using Tepui.Applying;
using Tepui.Documents;

namespace Tepui.Tests.Applying;

public sealed class GroupOverlayTests
{
    private const string Present = """
        {"id":"/","version":"v1","apps":[{"id":"/solo","instances":1,"tasksRunning":1,"version":"x"}],"groups":[
          {"id":"/shop","apps":[{"id":"/shop/web","instances":5,"cpus":1},{"id":"/shop/db","instances":2}],"enforceRole":true,
           "groups":[{"id":"/shop/back","apps":[{"id":"/shop/back/q","instances":1}]}]}]}
        """;

    [Fact]
    public void App_Known_ReplacesItAndKeepsItsNumber()
    {
        var overlay = Lay("id: /shop/web\ncpus: 2\n");

        Assert.Equal("/shop", overlay.Group);
        Assert.Equal(["/shop/back/q 1", "/shop/db 2", "/shop/web 5"], Apps(overlay.Body));
        Assert.Equal(2, overlay.Body.Items("apps").Single(app => app.Text("id") == "/shop/web").Count("cpus"));
        Assert.True(overlay.Body.IsTrue("enforceRole"));
    }

    [Fact]
    public void App_New_MakesItsGroups()
    {
        var overlay = Lay("id: /new/deep/app\ncmd: x\n---\nid: /solo\ncmd: y\ninstances: 3\n");

        Assert.Equal("/", overlay.Group);
        Assert.Equal(["/new/deep/app 0", "/shop/back/q 1", "/shop/db 2", "/shop/web 5", "/solo 3"], Apps(overlay.Body));
        Assert.DoesNotContain("tasksRunning", overlay.Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Group_WithAppsOnly_ReplacesAppsAndKeepsGroups()
    {
        var overlay = Lay("id: /shop\napps: [{id: web, cmd: x}]\n");

        Assert.Equal("/shop", overlay.Group);
        Assert.Equal(["/shop/back/q 1", "/shop/web 5"], Apps(overlay.Body));
    }

    [Fact]
    public void Group_WithGroups_RemovesThoseMissing()
    {
        var overlay = Lay("id: /shop\ngroups: [{id: front, apps: [{id: a, cmd: x}]}]\n");

        Assert.Equal(["/shop/db 2", "/shop/front/a 0", "/shop/web 5"], Apps(overlay.Body));
    }

    [Theory]
    [InlineData("/a/b /a/b", "/a/b")]
    [InlineData("/a/b /a/c", "/a")]
    [InlineData("/a /b", "/")]
    [InlineData("/a/bc /a/b", "/a")]
    [InlineData("/ /a", "/")]
    public void CommonGroup_OfSeveral_IsTheDeepest(string groups, string common) => Assert.Equal(common, GroupOverlay.CommonGroup(groups.Split(' ')));

    private static GroupOverlay Lay(string yaml) => GroupOverlay.Of(JsonNode.Parse(Present)!, StackReader.Read(DocumentText.Parse("s.yaml", yaml)));

    private static IEnumerable<string> Apps(JsonNode group) => All(group).Order(StringComparer.Ordinal);

    private static IEnumerable<string> All(JsonNode group) =>
        group.Items("apps").Select(app => $"{app.Text("id")} {app.Count("instances")}").Concat(group.Items("groups").SelectMany(All));
}
