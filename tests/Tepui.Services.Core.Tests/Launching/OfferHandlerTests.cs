using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
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

    [Fact]
    public void Handle_MoreThanFitsOnOneOffer_AtMostFiveAndTheRestComesBack()
    {
        var scene = new Scene();
        scene.Add(A.App(instances: 8));

        scene.Offer(An.Offer());

        var accept = Assert.Single(scene.Of<ServicesEffect.Accept>());
        Assert.Equal(5, accept.Operations.Count);
        Assert.Equal(TimeSpan.Zero, accept.Refuse);
    }

    [Fact]
    public void Handle_NothingElseFits_RestIsRefused()
    {
        var scene = new Scene();
        scene.Add(A.App());

        scene.Offer(An.Offer());

        Assert.Equal(TimeSpan.FromSeconds(120), Assert.Single(scene.Of<ServicesEffect.Accept>()).Refuse);
    }

    [Fact]
    public void Handle_SeveralOffers_Spreads()
    {
        var scene = new Scene();
        var app = scene.Add(A.App(instances: 4));

        scene.Offer(An.Offer("a"), An.Offer("b"));

        Assert.Equal([2, 2], scene.Instances(app).CountBy(instance => instance.Host!.Hostname).Select(host => host.Value));
    }

    [Fact]
    public void Handle_SeveralApps_TakeTurns()
    {
        var scene = new Scene();
        var a = scene.Add(A.App("/a", 10));
        var b = scene.Add(A.App("/b", 10));

        scene.Offer(An.Offer("x"), An.Offer("y"));

        Assert.Equal(5, scene.Instances(a).Count(instance => instance.Condition == Condition.Provisioned));
        Assert.Equal(5, scene.Instances(b).Count(instance => instance.Condition == Condition.Provisioned));
    }

    [Fact]
    public void Handle_ScaledSinceItWaits_RunsTheNewestVersion()
    {
        var scene = new Scene();
        var app = scene.Add(A.App());
        var scaled = scene.Add(app with { Instances = 2, Version = A.Start.AddSeconds(1) }, 0);

        scene.Offer(An.Offer());

        Assert.Equal(scaled.Version, scene.Instances(app)[0].SpecVersion);
    }

    [Fact]
    public void Handle_OldConfigurationWaits_RunsItsOwnVersion()
    {
        var scene = new Scene();
        scene.Add(A.App() with { Cmd = "old" });
        var changed = A.App() with { Cmd = "new", Version = A.Start.AddSeconds(1), LastConfigChangeAt = A.Start.AddSeconds(1) };
        scene.Add(changed);

        scene.Offer(An.Offer());

        Assert.Equal(["new", "old"], scene.Launched().Select(task => task.Command.Value).Order());
    }

    [Fact]
    public void Handle_ReplacedConfigurationOnHost_DoesNotConstrain()
    {
        var scene = new Scene();
        var app = A.App() with { Constraints = [A.Constraint("hostname", ConstraintOperator.Unique)] };
        scene.Add(app);
        scene.Offer(An.Offer());

        var changed = app with { Version = A.Start.AddSeconds(1), LastConfigChangeAt = A.Start.AddSeconds(1) };
        scene.Add(changed);
        scene.Offer(An.Offer());

        Assert.Single(scene.Launched());
    }

    [Fact]
    public void Handle_AgentsHost_IsOneObject()
    {
        var scene = new Scene();
        var app = scene.Add(A.App(instances: 6));

        scene.Offer(An.Offer());
        scene.Offer(An.Offer());

        Assert.Single(scene.Instances(app).Select(instance => instance.Host).Distinct(ReferenceEqualityComparer.Instance));
    }
}
