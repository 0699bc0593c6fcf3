using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Launching;

public sealed class OfferHandlerTests
{
    [Fact]
    public void Handle_AppWaits_LaunchesWithPortOfOffer()
    {
        var scene = new Scene();
        var app = scene.Add(A.App());

        scene.Offer(An.Offer());

        var task = Assert.Single(scene.Launched());
        var instance = Assert.Single(scene.Instances(app));
        Assert.Equal(Condition.Provisioned, instance.Condition);
        Assert.Equal("host1", instance.Host!.Hostname);
        Assert.Equal(1, instance.Launches);
        Assert.Equal($"{instance.Id}._app.1", task.TaskId.Value);
        var port = Assert.Single(instance.Tasks[0].HostPorts)!.Value;
        Assert.InRange(port, 31000, 31099);
        var ports = Assert.Single(task.Resources, resource => resource.Name == "ports");
        Assert.Equal((ulong)port, Assert.Single(ports.Ranges.Range).Begin);
    }

    [Fact]
    public void Handle_Launch_PersistsBeforeAccept()
    {
        var scene = new Scene();
        scene.Add(A.App());

        var effects = scene.Offer(An.Offer()).ToList();

        var persist = effects.FindIndex(effect => effect is ServicesEffect.Persist { Key: var key } && key.StartsWith("instances/", StringComparison.Ordinal));
        var accept = effects.FindIndex(effect => effect is ServicesEffect.Accept);
        Assert.InRange(persist, 0, accept - 1);
    }

    [Fact]
    public void Handle_NothingWaits_DeclinesAll()
    {
        var scene = new Scene();

        scene.Offer(An.Offer("a"), An.Offer("b"));

        var decline = Assert.Single(scene.Of<ServicesEffect.Decline>());
        Assert.Equal(2, decline.Offers.Count);
        Assert.Equal(TimeSpan.FromSeconds(120), decline.Refuse);
    }
}
