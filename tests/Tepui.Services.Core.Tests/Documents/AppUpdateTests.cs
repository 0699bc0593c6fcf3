using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Documents.Support;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Tests.Documents;

public sealed class AppUpdateTests
{
    private const string Resident = "{'id':'/g/a','role':'g','cmd':'sleep 1','cpus':0.5,'container':{'type':'MESOS','volumes':[{'containerPath':'d','mode':'RW','persistent':{'size':8}}]}}";

    [Fact]
    public void Update_PartialExample_ChangesOnlyWhatItNames()
    {
        var app = Parse.Taken(AppDocuments.Create(Example.Read("app-every-plain-field").Body, Parse.Context()));

        var updated = Parse.Taken(AppDocuments.Update(app, Example.Read("app-update-partial").Body, Parse.Context()));

        Assert.Equal(5, updated.Instances);
        Assert.Equal([new("LANE", new EnvValue("9", null))], updated.Env);
        Assert.Null(updated.ExecutorResources);
        Assert.Null(updated.ResourceLimits);
        Assert.True(SpecComparison.Same(app with { Instances = 5, Env = updated.Env, ExecutorResources = null, ResourceLimits = null }, updated));
    }

    [Fact]
    public void Update_NullMembers_KeepTheirValue()
    {
        var app = Parse.App("{'id':'/a','cmd':'sleep 1','labels':{'x':'y'}}");

        Assert.Equal("y", Parse.Taken(AppDocuments.Update(app, Parse.Json("{'labels':null,'cmd':null,'ports':null}"), Parse.Context())).Labels["x"]);
    }

    [Fact]
    public void Update_EmptyMaps_Clear()
    {
        var app = Parse.App("{'id':'/a','cmd':'sleep 1','labels':{'x':'y'}}");

        Assert.Empty(Parse.Taken(AppDocuments.Update(app, Parse.Json("{'labels':{}}"), Parse.Context())).Labels);
    }

    [Fact]
    public void Update_ToAContainerNetwork_DropsThePortsOfTheHost()
    {
        var app = Parse.App("{'id':'/a','cmd':'sleep 1','ports':[7,8],'requirePorts':true}");

        var updated = Parse.Taken(AppDocuments.Update(app, Parse.Json("{'networks':[{'name':'blue'}],'container':{'type':'MESOS'}}"), Parse.Context()));

        Assert.Empty(updated.PortDefinitions);
        Assert.False(updated.RequirePorts);
        Assert.Equal("default", Assert.Single(updated.Container!.PortMappings!).Name);
    }

    [Fact]
    public void Update_BackToTheHostNetwork_GetsADefinitionAgain()
    {
        var app = Parse.App("{'id':'/a','cmd':'sleep 1','networks':[{'name':'blue'}],'container':{'type':'MESOS','portMappings':[{'containerPort':80}]}}");

        var updated = Parse.Taken(AppDocuments.Update(app, Parse.Json("{'networks':[{'mode':'host'}]}"), Parse.Context()));

        Assert.Null(updated.Container!.PortMappings);
        Assert.Single(updated.PortDefinitions);
    }

    [Fact]
    public void Update_ResultThatBreaksARule_IsRefused()
    {
        var app = Parse.App("{'id':'/a','cmd':'sleep 1'}");

        Assert.StartsWith("/ cmd and args", Assert.Single(Parse.Lines(AppDocuments.Update(app, Parse.Json("{'args':['x']}"), Parse.Context()))), StringComparison.Ordinal);
    }

    [Fact]
    public void Update_DoesNotChangeTheBody()
    {
        var body = Parse.Json("{'ports':[7],'labels':null}");
        var before = body.ToJsonString();

        AppDocuments.Update(Parse.App("{'id':'/a','cmd':'sleep 1'}"), body, Parse.Context());

        Assert.Equal(before, body.ToJsonString());
    }

    [Theory]
    [InlineData("{'cpus':1}", "/cpus")]
    [InlineData("{'mem':1}", "/mem")]
    [InlineData("{'disk':1}", "/disk")]
    [InlineData("{'gpus':1}", "/gpus")]
    [InlineData("{'requirePorts':true}", "/requirePorts")]
    [InlineData("{'ports':[0,0]}", "/")]
    [InlineData("{'role':'*','acceptedResourceRoles':['*']}", "/role")]
    [InlineData("{'container':{'type':'MESOS','volumes':[{'containerPath':'d','mode':'RW','persistent':{'size':9}}]}}", "/")]
    [InlineData("{'container':{'type':'MESOS'}}", "/")]
    [InlineData("{'unreachableStrategy':{'inactiveAfterSeconds':1,'expungeAfterSeconds':1}}", "/")]
    [InlineData("{'upgradeStrategy':{'minimumHealthCapacity':1,'maximumOverCapacity':1}}", "/upgradeStrategy")]
    [InlineData("{'acceptedResourceRoles':['g']}", "/acceptedResourceRoles")]
    public void Update_OfAResidentApp_KeepsWhatIsReserved(string update, string path)
    {
        var app = Parse.App(Resident);

        var lines = Parse.Lines(AppDocuments.Update(app, Parse.Json(update), Parse.Context(tree: ServiceTree.Empty.With(app))));

        Assert.All(lines, line => Assert.StartsWith(path + " ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Update_RoleOfAResidentAppWithForce_Changes()
    {
        var app = Parse.App(Resident) with { Role = "old" };
        var context = Parse.Context(tree: ServiceTree.Empty.With(app));

        Assert.StartsWith("/role ", Assert.Single(Parse.Lines(AppDocuments.Update(app, Parse.Json("{'role':'g'}"), context))), StringComparison.Ordinal);
        Assert.Equal("g", Parse.Taken(AppDocuments.Update(app, Parse.Json("{'role':'g'}"), context with { Force = true })).Role);
    }

    [Fact]
    public void Update_InstancesAndLabelsOfAResidentApp_Change()
    {
        var app = Parse.App(Resident);

        Assert.Equal(3, Parse.Taken(AppDocuments.Update(app, Parse.Json("{'instances':3,'labels':{'a':'b'}}"), Parse.Context(tree: ServiceTree.Empty.With(app)))).Instances);
    }
}
