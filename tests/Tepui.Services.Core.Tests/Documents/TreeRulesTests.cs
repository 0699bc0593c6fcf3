using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Documents.Support;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Tests.Documents;

public sealed class TreeRulesTests
{
    [Fact]
    public void Check_CircularDependencies_NamesTheCircle()
    {
        var tree = Tree("{'id':'/knot','apps':[{'id':'a','cmd':'sleep 9','dependencies':['p']},{'id':'p','cmd':'sleep 9','dependencies':['/knot/q']},{'id':'q','cmd':'sleep 9','dependencies':['/knot/p']}]}");

        var problem = Assert.Single(TreeRules.Check(tree));

        Assert.Equal("/", problem.Path);
        Assert.Equal(["dependencies must not be circular: /knot/p waits for /knot/q waits for /knot/p"], problem.Errors);
    }

    [Theory]
    [InlineData("{'id':'/g','dependencies':['/g/a'],'groups':[{'id':'a','apps':[{'id':'x','cmd':'sleep 1'}]}]}")]
    [InlineData("{'id':'/g','groups':[{'id':'a','dependencies':['/g/b'],'apps':[{'id':'x','cmd':'sleep 1'}]},{'id':'b','apps':[{'id':'y','cmd':'sleep 1','dependencies':['/g/a/x']}]}]}")]
    [InlineData("{'id':'/g','apps':[{'id':'x','cmd':'sleep 1','dependencies':['x']}]}")]
    public void Check_CirclesThroughGroups_AreFound(string body) => Assert.Single(TreeRules.Check(Tree(body)));

    [Theory]
    [InlineData("{'id':'/g','apps':[{'id':'x','cmd':'sleep 1','dependencies':['/unknown','y']},{'id':'y','cmd':'sleep 1'}]}")]
    [InlineData("{'id':'/g','dependencies':['/g/a/x','/nowhere'],'groups':[{'id':'a','apps':[{'id':'x','cmd':'sleep 1'}]}]}")]
    [InlineData("{'id':'/g','groups':[{'id':'a','apps':[{'id':'x','cmd':'sleep 1'}]},{'id':'b','dependencies':['/g/a'],'apps':[{'id':'y','cmd':'sleep 1','dependencies':['../a']}]}]}")]
    public void Check_TreesWithoutCircles_Pass(string body) => Assert.Empty(TreeRules.Check(Tree(body)));

    [Fact]
    public void Check_LongChain_IsWalkedWithoutRecursion()
    {
        var tree = Enumerable.Range(0, 5000).Aggregate(ServiceTree.Empty, (tree, index) =>
            tree.With(new AppSpec { Id = new($"/a{index}"), Cmd = "sleep 1", Dependencies = index == 0 ? [] : [new($"/a{index - 1}")] }));

        Assert.Empty(TreeRules.Check(tree));
    }

    [Fact]
    public void Check_IdOfAnAppAndOfAGroup_IsReported()
    {
        var tree = ServiceTree.Empty.With(Parse.App("{'id':'/a','cmd':'sleep 1'}")).With(Parse.App("{'id':'/a/b','cmd':'sleep 1'}"));

        Assert.Equal("/apps//a", Assert.Single(TreeRules.Check(tree)).Path);
    }

    [Fact]
    public void Check_ExternalVolumeOfTwoApps_IsReportedUnlessShared()
    {
        const string app = "{'id':'%','cmd':'sleep 1','container':{'type':'MESOS','volumes':[{'containerPath':'v','mode':'RW','external':{'name':'disc','provider':'dvdi','shared':#,'options':{'dvdi/driver':'rexray'}}}]}}";

        Assert.Single(TreeRules.Check(Two("false")));
        Assert.Empty(TreeRules.Check(Two("true")));

        ServiceTree Two(string shared) => ServiceTree.Empty.With(App("/a", shared)).With(App("/b", shared));
        AppSpec App(string id, string shared) => Parse.App(app.Replace("%", id, StringComparison.Ordinal).Replace("#", shared, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{'id':'/x','cmd':'sleep 1'}")]
    public void Create_IdOfAPod_IsRefused(string app)
    {
        const string pod = "{'id':'/x','containers':[{'name':'a','resources':{},'exec':{'command':{'shell':'sleep 1'}}}]}";

        Assert.StartsWith("/id ", Assert.Single(Parse.RefusedApp(app, Parse.Context(tree: ServiceTree.Empty.With(Parse.Pod(pod))))), StringComparison.Ordinal);
        Assert.StartsWith("/id ", Assert.Single(Parse.RefusedPod(pod, Parse.Context(tree: ServiceTree.Empty.With(Parse.App(app))))), StringComparison.Ordinal);
    }

    private static ServiceTree Tree(string body)
    {
        var json = Parse.Json(body);
        return Parse.Taken(GroupDocuments.Apply(GroupDocuments.IdOf(json, PathId.Root), json, Parse.Context(), default));
    }
}
