using Tepui.Protocol.V1;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Launching;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;
using OperationType = Tepui.Protocol.V1.Offer.Types.Operation.Types.Type;

namespace Tepui.Services.Core.Tests.Launching;

public sealed class ResidentsTests
{
    private static AppSpec App(int instances = 1, string type = "root", double size = 100, double? max = null) => A.App("/db", instances) with
    {
        Role = "db",
        AcceptedResourceRoles = ["*"],
        Container = new() { Volumes = [new() { ContainerPath = "data", Persistent = new(type, size, max, null, []) }] },
    };

    [Fact]
    public void Handle_NewInstance_ReservesAndMakesItsVolume()
    {
        var scene = new Scene();
        var app = scene.Add(App());

        scene.Offer(An.Offer(role: "db"));

        var accept = Assert.Single(scene.Of<ServicesEffect.Accept>());
        Assert.Equal([OperationType.Reserve, OperationType.Create], accept.Operations.Select(operation => operation.Type));
        Assert.Equal(TimeSpan.Zero, accept.Refuse);
        var instance = scene.Instances(app)[0];
        Assert.Equal((Condition.Scheduled, true, "host1"), (instance.Condition, instance.IsReserved, instance.Host!.Hostname));
        Assert.Equal(["cpus:0.1", "mem:32", "disk:100"], accept.Operations[0].Reserve.Resources.Select(resource => $"{resource.Name}:{resource.Scalar.Value}"));
        Assert.All(accept.Operations[0].Reserve.Resources, resource => Assert.Equal("db", Assert.Single(resource.Reservations).Role));
        Assert.Equal(
            [("marathon_framework_id", "framework"), ("marathon_task_id", instance.Id.Value)],
            accept.Operations[0].Reserve.Resources[0].Reservations[0].Labels.Labels_.Select(label => (label.Key, label.Value)));
        var volume = Assert.Single(accept.Operations[1].Create.Volumes);
        Assert.StartsWith("db#data#", volume.Disk.Persistence.Id, StringComparison.Ordinal);
        Assert.Equal("data", volume.Disk.Volume.ContainerPath);
    }

    [Fact]
    public void Handle_ReservedResourcesComeBack_LaunchesOnThem()
    {
        var scene = new Scene();
        var app = scene.Add(App());
        scene.Offer(An.Offer(role: "db"));
        var back = Back(scene);

        scene.Offer(back);

        var task = Assert.Single(scene.Launched());
        Assert.Contains(task.Resources, resource => resource.Disk?.Persistence is not null);
        Assert.All(task.Resources.Where(resource => resource.Name is "cpus" or "mem"), resource => Assert.Single(resource.Reservations));
        Assert.Equal(Condition.Provisioned, scene.Instances(app)[0].Condition);
    }

    [Fact]
    public void Handle_ReservedAndWaiting_OtherOffersAreDeclined()
    {
        var scene = new Scene();
        scene.Add(App());
        scene.Offer(An.Offer("a", role: "db"));

        scene.Offer(An.Offer("b", role: "db"));

        Assert.Empty(scene.Of<ServicesEffect.Accept>());
        var item = Assert.Single(scene.State.Queue.View(scene.Now));
        Assert.Equal(1, item.Offers.LastOffers.Single(count => count.Reason == "NoCorrespondingReservationFound").Declined);
    }

    [Fact]
    public void Handle_NeverLaunchedForTwentySeconds_ReservesAgain()
    {
        var scene = new Scene();
        var app = scene.Add(App());
        scene.Offer(An.Offer("a", role: "db"));

        scene.Pass(TimeSpan.FromSeconds(20));
        scene.Offer(An.Offer("b", role: "db"));

        Assert.Single(scene.Of<ServicesEffect.Accept>());
        Assert.Equal("b", scene.Instances(app)[0].Host!.Hostname);
    }

    [Fact]
    public void Handle_MasterRefusesToReserve_HeldWithTheReasonThenTriedAgain()
    {
        var scene = new Scene();
        var app = scene.Add(App());
        scene.Offer(An.Offer(role: "db"));
        var operation = scene.Of<ServicesEffect.Accept>()[0].Operations[0].Id;

        scene.Step(turn => ReservationUpdates.Handle(turn, new() { OperationId = operation, State = OperationState.OperationError, Message = "RESERVE is not supported" }));

        Assert.False(scene.Instances(app)[0].IsReserved);
        Assert.Contains("RESERVE is not supported", Assert.Single(scene.State.Queue.View(scene.Now)).Held, StringComparison.Ordinal);
        Assert.Single(scene.Of<ServicesEffect.Suppress>());
        scene.Offer(An.Offer(role: "db"));
        Assert.Empty(scene.Of<ServicesEffect.Accept>());
        scene.Pass(TimeSpan.FromSeconds(60));
        Assert.Single(scene.Of<ServicesEffect.Revive>());
        scene.Offer(An.Offer(role: "db"));
        Assert.Single(scene.Of<ServicesEffect.Accept>());
    }

    [Fact]
    public void Handle_ReservationOfUnknownInstance_IsGivenBack()
    {
        var scene = new Scene();
        var app = scene.Add(App());
        scene.Offer(An.Offer(role: "db"));
        var back = Back(scene);
        scene.Step(turn => scene.State.Instances.Remove(turn, scene.Instances(app)[0].Id));

        scene.Offer(back);

        var operations = Assert.Single(scene.Of<ServicesEffect.Accept>()).Operations;
        Assert.Equal([OperationType.Destroy, OperationType.Unreserve], operations.Select(operation => operation.Type));
        Assert.All(operations[1].Unreserve.Resources, resource => Assert.Null(resource.Disk));
    }

    [Fact]
    public void Handle_Unique_CountsReservedInstances()
    {
        var scene = new Scene();
        scene.Add(App(2) with { Constraints = [A.Constraint("hostname", ConstraintOperator.Unique)] });

        scene.Offer(An.Offer("a", role: "db"));

        Assert.Equal(2, Assert.Single(scene.Of<ServicesEffect.Accept>()).Operations.Count);
    }

    [Theory]
    [InlineData("path", 100, null, "/big")]
    [InlineData("path", 900, null, null)]
    [InlineData("mount", 100, null, "/small")]
    [InlineData("mount", 250, null, "/large")]
    [InlineData("mount", 250, 300d, null)]
    public void Handle_DiskOfItsOwn_EmptiestPathOrSmallestMount(string type, double size, double? max, string? expected)
    {
        var scene = new Scene();
        scene.Add(App(type: type, size: size, max: max));
        var offer = An.Offer(role: "db");
        offer.Resources.Add(Disk("path", "/low", 200));
        offer.Resources.Add(Disk("path", "/big", 800));
        offer.Resources.Add(Disk("mount", "/small", 200));
        offer.Resources.Add(Disk("mount", "/large", 400));

        scene.Offer(offer);

        var volume = scene.Of<ServicesEffect.Accept>().SelectMany(accept => accept.Operations).FirstOrDefault(operation => operation.Create is not null)?.Create.Volumes[0];
        Assert.Equal(expected, volume?.Disk.Source.Path?.Root ?? volume?.Disk.Source.Mount?.Root);
        Assert.Equal(expected is null ? null : type == "path" ? size : expected == "/small" ? 200 : 400, volume?.Scalar.Value);
    }

    private static Resource Disk(string type, string root, double size)
    {
        var disk = An.Scalar("disk", size, "db");
        disk.Disk = new()
        {
            Source = type == "path"
                ? new() { Type = Resource.Types.DiskInfo.Types.Source.Types.Type.Path, Path = new() { Root = root } }
                : new() { Type = Resource.Types.DiskInfo.Types.Source.Types.Type.Mount, Mount = new() { Root = root } },
        };
        return disk;
    }

    // The offer that follows when the master has done what was asked.
    private static Offer Back(Scene scene)
    {
        var operations = scene.Of<ServicesEffect.Accept>()[0].Operations;
        var offer = An.Offer(role: "db");
        offer.Resources.Add(operations[0].Reserve.Resources.Where(resource => resource.Name != "disk"));
        offer.Resources.Add(operations[1].Create.Volumes);
        return offer;
    }
}
