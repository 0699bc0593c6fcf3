using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Documents.Support;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Tests.Documents;

public sealed class ServicePortsTests
{
    private static readonly ServicesOptions Options = Parse.Options with { LocalPortMin = 10, LocalPortMax = 14 };

    [Fact]
    public void Assign_NewApps_GetTheLowestFreePorts()
    {
        var tree = Assign(ServiceTree.Empty, App("/a", 0, 11, 0), App("/b", 0));

        Assert.Equal([10, 11, 12], Ports(tree, "/a"));
        Assert.Equal([13], Ports(tree, "/b"));
    }

    [Fact]
    public void Assign_PortMappings_GetServicePorts()
    {
        var app = Parse.App("{'id':'/c','cmd':'sleep 1','container':{'type':'MESOS','portMappings':[{'containerPort':80},{'containerPort':81,'servicePort':7}]},'networks':[{'mode':'container/bridge'}]}");

        Assert.Equal([10, 7], Ports(Assign(ServiceTree.Empty, app), "/c"));
    }

    [Fact]
    public void Assign_ChangedApp_KeepsThePortsItHad()
    {
        var before = Assign(ServiceTree.Empty, App("/a", 0), App("/b", 0, 0));

        var after = Assign(before, App("/b", 0, 0, 0));

        Assert.Equal([10], Ports(after, "/a"));
        Assert.Equal([11, 12, 13], Ports(after, "/b"));
    }

    [Fact]
    public void Assign_PortThatAnotherAppNamesNow_IsNotReused()
    {
        var before = Assign(ServiceTree.Empty, App("/a", 0));

        var after = Assign(before, App("/a", 0), App("/b", 10));

        Assert.Equal([11], Ports(after, "/a"));
        Assert.Equal([10], Ports(after, "/b"));
    }

    [Fact]
    public void Assign_PortsOutsideTheRange_AreNotKept()
    {
        var before = Assign(ServiceTree.Empty, App("/a", 8080));

        Assert.Equal([10], Ports(Assign(before, App("/a", 0)), "/a"));
    }

    [Fact]
    public void Assign_SameChosenPort_IsLeft()
    {
        var tree = Assign(ServiceTree.Empty, App("/a", 8080), App("/b", 8080));

        Assert.Equal([8080], Ports(tree, "/a"));
        Assert.Equal([8080], Ports(tree, "/b"));
    }

    [Fact]
    public void Assign_PortsOfRemovedApps_AreFreeAgain()
    {
        var before = Assign(ServiceTree.Empty, App("/a", 0, 0, 0, 0, 0));

        Assert.Equal([10], Ports(Parse.Taken(ServicePorts.Assign(before, ServiceTree.Empty.With(App("/b", 0)), Options)), "/b"));
    }

    [Fact]
    public void Assign_NoPortLeft_FailsAndNamesTheApp()
    {
        var refusal = ServicePorts.Assign(ServiceTree.Empty, ServiceTree.Empty.With(App("/a", 0, 0, 0, 0, 0, 0)), Options).Refusal;

        Assert.Equal(RefusalKind.Failed, refusal!.Kind);
        Assert.Contains("/a", refusal.Message, StringComparison.Ordinal);
    }

    private static AppSpec App(string id, params int[] ports) =>
        new() { Id = new(id), Cmd = "sleep 1", Networks = [new(NetworkMode.Host, null, new Dictionary<string, string>())], PortDefinitions = [.. ports.Select(port => new PortDefinition(port, null, "tcp", new Dictionary<string, string>()))] };

    private static ServiceTree Assign(ServiceTree before, params AppSpec[] changed) =>
        Parse.Taken(ServicePorts.Assign(before, changed.Aggregate(before, (tree, app) => tree.With(app)), Options));

    private static IEnumerable<int> Ports(ServiceTree tree, string id) => ServicePorts.Of(tree.App(new(id))!);
}
