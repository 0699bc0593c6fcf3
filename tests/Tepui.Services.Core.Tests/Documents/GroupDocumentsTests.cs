using System.Text.Json.Nodes;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Documents.Support;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Tests.Documents;

public sealed class GroupDocumentsTests
{
    private static readonly DateTimeOffset Version = new(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);
    private static readonly PathId Town = new("/town");

    [Fact]
    public void Apply_NestedGroups_MakesIdsAndDependenciesAbsolute()
    {
        var body = Example.Read("group-tree").Body;

        var tree = Apply(Town, body);

        Assert.Equal(["/town/inn/bar", "/town/mill/grain", "/town/mill/wheel", "/town/square", "/town/tower/bell"], tree.Specs.Keys.Select(id => id.Value));
        Assert.Equal(["/", "/town", "/town/inn", "/town/mill", "/town/tower"], tree.Groups.Keys.Select(id => id.Value));
        Assert.Equal([new PathId("/town/mill/grain")], tree.App(new("/town/mill/wheel"))!.Dependencies);
        Assert.Equal([new PathId("/town/mill")], tree.App(new("/town/inn/bar"))!.Dependencies);
        Assert.Equal([new PathId("/town/tower")], tree.Group(new("/town/mill"))!.Dependencies);
        Assert.All(tree.Groups.Values, group => Assert.Equal(Version, group.Version));
        Assert.Empty(TreeRules.Check(tree));
    }

    [Fact]
    public void Apply_GivenLists_ReplaceAndOmittedOnesStay()
    {
        var tree = Apply(Town, Example.Read("group-tree").Body);

        var changed = Apply(Town, Example.Read("group-dry-run").Body, tree);

        Assert.Equal("./square --loud", changed.App(new("/town/square"))!.Cmd);
        Assert.Equal(tree.Specs.Count, changed.Specs.Count);
        Assert.Same(tree.Spec(new("/town/mill/wheel")), changed.Spec(new("/town/mill/wheel")));
        Assert.Equal(["/town/square"], Apply(Town, Parse.Json("{'groups':[]}"), tree).Specs.Keys.Select(id => id.Value));
        Assert.DoesNotContain(new PathId("/town/square"), Apply(Town, Parse.Json("{'apps':[]}"), tree).Specs.Keys);
        Assert.Equal(tree.Specs, Apply(Town, Parse.Json("{'apps':null,'groups':null,'dependencies':null}"), tree).Specs);
    }

    [Fact]
    public void Apply_GroupsWithLongIds_AreRefused()
    {
        var name = new string('g', 194);

        Assert.StartsWith("/id has 194 bytes", Assert.Single(Refused(PathId.Root, Parse.Json($"{{'id':'/{name}'}}"))), StringComparison.Ordinal);
        Assert.StartsWith("/id has 194 bytes", Assert.Single(Refused(new("/" + name), Parse.Json("{}"))), StringComparison.Ordinal);
        Assert.StartsWith("/groups(0)/id has 199 bytes", Assert.Single(Refused(Town, Parse.Json($"{{'groups':[{{'id':'{name}'}}]}}"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_ScaleByAboveTheLimit_NamesTheAppAndBoth()
    {
        var tree = ServiceTree.Empty.With(Parse.App("{'id':'/town/inn','cmd':'sleep 1','instances':1000}"));

        Assert.Equal(["/scaleBy /town/inn: must be at most 100000, not 101000: an app or pod has no more instances"], Refused(Town, Parse.Json("{'scaleBy':101}"), tree));
        Assert.Single(Refused(Town, Parse.Json("{'scaleBy':1e300}"), tree));
    }

    [Fact]
    public void Apply_GivenApps_LeavesPods()
    {
        var tree = ServiceTree.Empty.With(Parse.Pod("{'id':'/town/pond','containers':[{'name':'a','resources':{},'exec':{'command':{'shell':'sleep 1'}}}]}"));

        var changed = Apply(Town, Parse.Json("{'apps':[]}"), tree);

        Assert.NotNull(changed.Pod(new("/town/pond")));
    }

    [Fact]
    public void Apply_RootWithAnIdInTheBody_ChangesThatGroup()
    {
        var tree = Apply(PathId.Root, Parse.Json("{'id':'/town','apps':[{'id':'a','cmd':'sleep 1'}]}"));

        Assert.NotNull(tree.App(new("/town/a")));
    }

    [Theory]
    [InlineData("{'id':'/village'}", "/id")]
    [InlineData("{'apps':[{'id':'/other/a','cmd':'sleep 1'}]}", "/apps(0)/id")]
    [InlineData("{'apps':[{'id':'deep/a','cmd':'sleep 1'}]}", "/apps(0)/id")]
    [InlineData("{'groups':[{'id':'g'},{'id':'h','apps':[{'id':'x','cmd':'sleep 1'},{'id':'/town/x','cmd':'sleep 1'}]}]}", "/groups(1)/apps(1)/id")]
    [InlineData("{'groups':[{'id':'/elsewhere'}]}", "/groups(0)/id")]
    [InlineData("{'apps':[{'id':'a','cmd':'sleep 1'},{'id':'a','cmd':'sleep 2'}]}", "/apps")]
    [InlineData("{'dependencies':['fine','NOT']}", "/dependencies(1)")]
    [InlineData("{'groups':[{'id':'g','enforceRole':true}]}", "/groups(0)/enforceRole")]
    [InlineData("{'version':'2031-02-03T04:05:06.000Z','apps':[]}", "/version")]
    [InlineData("{'scaleBy':2,'dependencies':['/x']}", "/scaleBy")]
    [InlineData("{'apps':[{'id':'a','cmd':'sleep 1','constraints':[['rack','NEAREST']]}]}", "/constraints(0)")]
    public void Apply_BreachOfARule_IsReportedAtItsPlace(string body, string path)
    {
        var refusal = GroupDocuments.Apply(Town, Parse.Json(body), Parse.Context(), Version).Refusal;

        Assert.Equal("Object is not valid", refusal!.Message);
        Assert.Equal([path], refusal.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public void Apply_WrongShapes_AreAllReportedWithTheirPlaces()
    {
        var body = Parse.Json("{'apps':[{'cmd':7}],'groups':[{'apps':[{'id':'a','cpus':-1}]},5],'scaleBy':'x'}");

        var refusal = GroupDocuments.Apply(Town, body, Parse.Context(), Version).Refusal;

        Assert.Equal("Invalid JSON", refusal!.Message);
        Assert.Equal(
            ["/scaleBy error.expected.jsnumber", "/apps(0)/id error.path.missing", "/apps(0)/cmd error.expected.jsstring", "/groups(0)/id error.path.missing", "/groups(0)/apps(0)/cpus error.min", "/groups(1) error.expected.jsobject"],
            refusal.Problems.Select(problem => $"{problem.Path} {problem.Errors.Single()}"));
    }

    [Fact]
    public void Apply_SeveralFaultyApps_NamesEach()
    {
        var body = Parse.Json("{'apps':[{'id':'a','cmd':'x'},{'id':'b'},{'id':'c','cmd':'sleep 1'}]}");

        var lines = Parse.Lines(GroupDocuments.Apply(Town, body, Parse.Context(), Version));

        Assert.Equal(2, lines.Count);
        Assert.StartsWith("/ /town/a: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("/ /town/b: ", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.5", 3, 2)]
    [InlineData("0", 0, 0)]
    [InlineData("2", 4, 2)]
    public void Apply_ScaleBy_RoundsUp(string factor, int first, int second)
    {
        var tree = Apply(Town, Parse.Json("{'apps':[{'id':'a','cmd':'sleep 1','instances':2}],'groups':[{'id':'g','apps':[{'id':'b','cmd':'sleep 1'}]}]}"));

        var scaled = Apply(Town, Parse.Json($"{{'scaleBy':{factor},'apps':[],'groups':[]}}"), tree);

        Assert.Equal(first, scaled.App(new("/town/a"))!.Instances);
        Assert.Equal(second, scaled.App(new("/town/g/b"))!.Instances);
    }

    [Fact]
    public void Apply_ScaleByOfAnUnknownGroup_IsNotFound()
    {
        var refusal = GroupDocuments.Apply(Town, Parse.Json("{'scaleBy':2}"), Parse.Context(), Version).Refusal;

        Assert.Equal(RefusalKind.NotFound, refusal!.Kind);
    }

    [Fact]
    public void Apply_ScaleByOfASingleInstanceApp_IsRefused()
    {
        var tree = Apply(Town, Parse.Json("{'apps':[{'id':'a','cmd':'sleep 1','labels':{'MARATHON_SINGLE_INSTANCE_APP':'true'},'upgradeStrategy':{'minimumHealthCapacity':0,'maximumOverCapacity':0}}]}"));

        var lines = Parse.Lines(GroupDocuments.Apply(Town, Parse.Json("{'scaleBy':2}"), Parse.Context(tree: tree), Version));

        Assert.Contains("/town/a: instances", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_EnforcingGroup_GivesItsRole()
    {
        var tree = Apply(Town, Parse.Json("{'enforceRole':true,'apps':[{'id':'a','cmd':'sleep 1'}],'groups':[{'id':'g','apps':[{'id':'b','cmd':'sleep 1','role':'town'}]}]}"));

        Assert.True(tree.Group(Town)!.EnforceRole);
        Assert.Null(tree.Group(new("/town/g"))!.EnforceRole);
        Assert.All(tree.Specs.Values, spec => Assert.Equal("town", spec.Role));
    }

    [Fact]
    public void Apply_GroupThatDoesNotEnforce_RefusesItsNameAsRole()
    {
        var lines = Parse.Lines(GroupDocuments.Apply(Town, Parse.Json("{'apps':[{'id':'a','cmd':'sleep 1','role':'town'}]}"), Parse.Context(), Version));

        Assert.StartsWith("/role /town/a: 'town' is not among the valid roles: *", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_PresentRole_StaysAllowed()
    {
        var tree = ServiceTree.Empty.With(Parse.App("{'id':'/town/a','cmd':'sleep 1','role':'town'}"));

        Assert.Equal("town", Apply(Town, Parse.Json("{'apps':[{'id':'a','cmd':'sleep 2','role':'town'}]}"), tree).App(new("/town/a"))!.Role);
    }

    [Fact]
    public void Apply_EnforceRoleOmitted_IsTheDefaultAgain()
    {
        var tree = Apply(Town, Parse.Json("{'enforceRole':true,'apps':[]}"));

        Assert.False(Apply(Town, Parse.Json("{'dependencies':[]}"), tree).Group(Town)!.EnforceRole);
    }

    [Fact]
    public void Apply_EnforceRoleChangedTogetherWithServices_IsRefused()
    {
        var tree = Apply(Town, Parse.Json("{'enforceRole':false,'apps':[{'id':'a','cmd':'sleep 1'}]}"));
        var assigned = ServicePorts.Assign(ServiceTree.Empty, tree, Parse.Options).Spec!;

        var together = GroupDocuments.Apply(Town, Parse.Json("{'enforceRole':true,'apps':[{'id':'a','cmd':'sleep 2','role':'*'}]}"), Parse.Context(tree: assigned), Version);
        var alone = GroupDocuments.Apply(Town, Parse.Json("{'enforceRole':true,'apps':[{'id':'a','cmd':'sleep 1','role':'*'}]}"), Parse.Context(tree: assigned), Version);

        Assert.Equal(["/enforceRole"], together.Refusal!.Problems.Select(problem => problem.Path));
        Assert.True(Parse.Taken(alone).Group(Town)!.EnforceRole);
    }

    [Theory]
    [InlineData("/town", "{'enforceRole':true}", true)]
    [InlineData("/town", "{}", false)]
    public void Patch_FirstLevelGroup_SetsTheRole(string group, string body, bool expected)
    {
        var tree = Apply(Town, Parse.Json("{'apps':[]}"));

        var patched = Parse.Taken(GroupDocuments.Patch(new(group), Parse.Json(body), Parse.Context(tree: tree), Version));

        Assert.Equal(expected, patched.Group(Town)!.EnforceRole);
    }

    [Fact]
    public void Patch_DeepGroup_IsRefusedBeforeItIsLookedUp()
    {
        var refusal = GroupDocuments.Patch(new("/town/mill"), Parse.Json("{'enforceRole':true}"), Parse.Context(), Version).Refusal;

        Assert.Equal(RefusalKind.Invalid, refusal!.Kind);
        Assert.Equal(["/"], refusal.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public void Patch_UnknownGroup_IsNotFound() =>
        Assert.Equal(RefusalKind.NotFound, GroupDocuments.Patch(Town, Parse.Json("{}"), Parse.Context(), Version).Refusal!.Kind);

    private static IReadOnlyList<string> Refused(PathId group, JsonNode body, ServiceTree? tree = null) =>
        Parse.Lines(GroupDocuments.Apply(group, body, Parse.Context(tree: tree), Version));

    private static ServiceTree Apply(PathId group, JsonNode body, ServiceTree? tree = null) =>
        Parse.Taken(GroupDocuments.Apply(group, body, Parse.Context(tree: tree), Version));
}
