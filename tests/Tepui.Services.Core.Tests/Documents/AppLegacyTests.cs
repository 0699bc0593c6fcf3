using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Documents.Apps;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Documents.Support;

namespace Tepui.Services.Core.Tests.Documents;

public sealed class AppLegacyTests
{
    [Fact]
    public void Create_UrisAndPorts_BecomeFetchAndPortDefinitions()
    {
        var app = Parse.Taken(AppDocuments.Create(Example.Read("app-legacy-ports-uris").Body, Parse.Context()));

        Assert.Equal([11300, 0], app.PortDefinitions.Select(port => port.Port));
        Assert.True(app.RequirePorts);
        Assert.Equal([("http://files.example.org/beam.tgz", true), ("http://files.example.org/beam.conf", false)], app.Fetch.Select(file => (file.Uri, file.Extract)));
    }

    [Theory]
    [InlineData("a.tgz", true)]
    [InlineData("a.tar.gz", true)]
    [InlineData("a.tbz2", true)]
    [InlineData("a.tar.bz2", true)]
    [InlineData("a.txz", true)]
    [InlineData("a.tar.xz", true)]
    [InlineData("a.zip", true)]
    [InlineData("a.tar", true)]
    [InlineData("a.gz", true)]
    [InlineData("a.tgz?v=2", true)]
    [InlineData("a.jar", false)]
    [InlineData("a.tgz.sig", false)]
    [InlineData("tgz", false)]
    public void IsArchive_Names_AreToldByTheirEnding(string uri, bool expected) => Assert.Equal(expected, AppLegacy.IsArchive(uri));

    [Theory]
    [InlineData("'network':'HOST'", "", NetworkMode.Host, null)]
    [InlineData("'network':'BRIDGE'", "", NetworkMode.Bridge, null)]
    [InlineData("'network':'USER'", ",'ipAddress':{'networkName':'blue'}", NetworkMode.Container, "blue")]
    [InlineData("'network':'USER'", "", NetworkMode.Container, "standard")]
    [InlineData("'network':'HOST'", ",'ipAddress':{'networkName':'blue'}", NetworkMode.Host, null)]
    public void Create_DockerNetwork_BecomesANetwork(string docker, string others, NetworkMode mode, string? name)
    {
        var context = Parse.Context(Parse.Options with { DefaultNetworkName = "standard" });

        var app = Parse.App($"{{'id':'/a','container':{{'docker':{{'image':'i',{docker}}}}}{others}}}", context);

        var network = Assert.Single(app.Networks);
        Assert.Equal((mode, name), (network.Mode, network.Name));
    }

    [Fact]
    public void Create_DockerBridgeWithLabels_KeepsThem()
    {
        var app = Parse.App("{'id':'/a','container':{'docker':{'image':'i','network':'BRIDGE'}},'ipAddress':{'labels':{'x':'y'}}}");

        Assert.Equal("y", app.Networks[0].Labels["x"]);
    }

    [Fact]
    public void Create_DockerPortMappings_MoveToTheContainer()
    {
        var app = Parse.Taken(AppDocuments.Create(Example.Read("app-legacy-docker-bridge").Body, Parse.Context()));

        Assert.Equal(NetworkMode.Bridge, Assert.Single(app.Networks).Mode);
        Assert.Equal((0, 0, 0, "tcp"), app.Container!.PortMappings is [var port] ? (port.ContainerPort, port.HostPort!.Value, port.ServicePort, port.Protocol) : default);
        Assert.Empty(app.PortDefinitions);
    }

    [Fact]
    public void Create_IpAddressWithDiscovery_BecomesNetworkContainerAndMappings()
    {
        var app = Parse.App("{'id':'/a','cmd':'sleep 1','ipAddress':{'networkName':'blue','labels':{'x':'y'},'groups':['g'],'discovery':{'ports':[{'number':80,'name':'http','protocol':'udp'}]}}}");

        Assert.Equal((NetworkMode.Container, "blue"), app.Networks is [var network] ? (network.Mode, network.Name) : default);
        Assert.False(app.Container!.IsDocker);
        Assert.Equal((80, null, "http", "udp"), app.Container.PortMappings is [var port] ? (port.ContainerPort, port.HostPort, port.Name, port.Protocol) : default);
    }

    [Fact]
    public void Create_IpAddressNamedAsTheBridge_IsTheBridge() =>
        Assert.Equal(NetworkMode.Bridge, Parse.App("{'id':'/a','cmd':'sleep 1','ipAddress':{'networkName':'mesos-bridge'}}").Networks[0].Mode);

    [Theory]
    [InlineData("'portDefinitions':[{'port':8080,'name':'x'},{'port':0}],'container':{'type':'MESOS'}", 2)]
    [InlineData("'ports':[1,2,3],'container':{'type':'MESOS','portMappings':[{'containerPort':80,'name':'http'}]}", 3)]
    [InlineData("'ports':[1],'container':{'type':'MESOS','portMappings':[{'containerPort':80},{'containerPort':81}]}", 2)]
    [InlineData("'container':{'type':'MESOS','portMappings':[]}", 0)]
    [InlineData("'container':{'type':'MESOS'}", 1)]
    public void Create_PortsOnAContainerNetwork_OnlyCount(string members, int mappings)
    {
        var app = Parse.App($"{{'id':'/a','cmd':'sleep 1','networks':[{{'name':'blue'}}],'requirePorts':true,{members}}}");

        Assert.Equal(mappings, app.Container!.PortMappings!.Count);
        Assert.Empty(app.PortDefinitions);
        Assert.False(app.RequirePorts);
    }

    [Fact]
    public void Create_ContainerNetworkWithoutContainer_HasNoPorts()
    {
        var app = Parse.App("{'id':'/a','cmd':'sleep 1','networks':[{'name':'blue'}],'ports':[1]}");

        Assert.Null(app.Container);
        Assert.Empty(app.PortDefinitions);
    }

    [Fact]
    public void Create_MappingsOnTheHostNetwork_AreDropped()
    {
        var app = Parse.Taken(AppDocuments.Create(Example.Read("bad-mapping-on-host").Body, Parse.Context()));

        Assert.Null(app.Container!.PortMappings);
        Assert.Equal([(0, "default")], app.PortDefinitions.Select(port => (port.Port, port.Name!)));
    }

    [Theory]
    [InlineData("'cmd':'sleep 1','uris':['http://x/a'],'fetch':[{'uri':'http://x/b'}]", "/uris")]
    [InlineData("'cmd':'sleep 1','ports':[1,1]", "/")]
    [InlineData("'cmd':'sleep 1','ports':[1],'portDefinitions':[{'port':2}]", "/")]
    [InlineData("'cmd':'sleep 1','ipAddress':{},'networks':[{'mode':'host'}]", "/")]
    [InlineData("'cmd':'sleep 1','ipAddress':{},'ports':[1]", "/")]
    [InlineData("'cmd':'sleep 1','ipAddress':{},'portDefinitions':[{}]", "/")]
    [InlineData("'ipAddress':{'discovery':{}},'container':{'docker':{'image':'i'}}", "/ipAddress")]
    [InlineData("'cmd':'sleep 1','ipAddress':{'discovery':{'ports':[{'number':1,'name':'a'}]}},'container':{'type':'MESOS','portMappings':[]}", "/container")]
    [InlineData("'container':{'docker':{'image':'i','network':'NONE'}}", "/container/docker/network")]
    [InlineData("'container':{'docker':{'image':'i','network':'HOST'}},'networks':[{'mode':'host'}]", "/")]
    [InlineData("'container':{'type':'MESOS','docker':{'image':'i','network':'HOST'}}", "/container/docker/network")]
    [InlineData("'container':{'type':'MESOS','docker':{'image':'i','portMappings':[]}}", "/container/docker/portMappings")]
    [InlineData("'container':{'docker':{'image':'i','portMappings':[]},'portMappings':[]}", "/container")]
    [InlineData("'container':{'docker':{'image':'i','credential':{}}}", "/container/docker/credential")]
    [InlineData("'container':{'type':'MESOS','appc':{'image':'i'}}", "/container/appc")]
    public void Create_ContradictingForms_AreRefused(string members, string path) =>
        Assert.StartsWith(path + " ", Assert.Single(Parse.RefusedApp($"{{'id':'/a',{members}}}")), StringComparison.Ordinal);

    [Theory]
    [InlineData("'ports':[7,8],'portDefinitions':[{'port':7,'name':'x'},{'port':8}]")]
    [InlineData("'uris':[],'fetch':[{'uri':'http://x/b'}]")]
    [InlineData("'uris':['http://x/a'],'fetch':[]")]
    [InlineData("'ports':null,'uris':null,'dependencies':null,'ipAddress':null")]
    public void Create_AgreeingForms_AreTaken(string members) => Assert.NotNull(Parse.App($"{{'id':'/a','cmd':'sleep 1',{members}}}"));

    [Fact]
    public void Create_EqualPortsAndDefinitions_KeepsTheDefinitions() =>
        Assert.Equal("x", Parse.App("{'id':'/a','cmd':'sleep 1','ports':[7],'portDefinitions':[{'port':7,'name':'x'}]}").PortDefinitions[0].Name);

    [Fact]
    public void Create_WordsInAnotherCase_AreTaken()
    {
        var app = Parse.App("{'id':'/a','container':{'type':'docker','docker':{'image':'i','network':'bridge'},'volumes':[{'containerPath':'/a','hostPath':'/b','mode':'ro'}]},'killSelection':'Oldest_First'}");

        Assert.True(app.Container!.IsDocker);
        Assert.True(app.Container.Volumes[0].ReadOnly);
        Assert.Equal(NetworkMode.Bridge, app.Networks[0].Mode);
        Assert.Equal(KillSelection.OldestFirst, app.KillSelection);
    }

    [Fact]
    public void Update_OldForms_AreConvertedBeforeTheMerge()
    {
        var app = Parse.App("{'id':'/a','cmd':'sleep 1','fetch':[{'uri':'http://x/a'}]}");

        var updated = Parse.Taken(AppDocuments.Update(app, Parse.Json("{'uris':['http://x/b.zip'],'ports':[9]}"), Parse.Context()));

        Assert.Equal([new Artifact("http://x/b.zip", true, false, false, null)], updated.Fetch);
        Assert.Equal([9], updated.PortDefinitions.Select(port => port.Port));
    }
}
