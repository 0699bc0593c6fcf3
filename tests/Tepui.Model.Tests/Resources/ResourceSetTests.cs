using Tepui.Model.Resources;
using ReservationType = Tepui.Protocol.V1.Resource.Types.ReservationInfo.Types.Type;
using V1 = Tepui.Protocol.V1;

namespace Tepui.Model.Tests.Resources;

public sealed class ResourceSetTests
{
    [Fact]
    public void From_MergesWhatIsTheSame_InTheOrderNamed()
    {
        var set = ResourceSet.From([Wire.Scalar("mem", 1), Wire.Scalar("cpus", 0.1), Wire.Scalar("cpus", 0.2), Wire.Scalar("disk", 0)]);
        Assert.Equal("mem:1; cpus:0.3", set.ToString());
        Assert.Equal(300, set.Scalar("cpus"));
    }

    [Fact]
    public void ToString_OfEverything_IsAsClientsKnowIt()
    {
        var set = ResourceSet.From(
        [
            Wire.Scalar("cpus", 0.1).Reserved(ReservationType.Dynamic, "ops").Allocated("*"),
            Wire.Scalar("cpus", 1).Reserved(ReservationType.Static, "a").Reserved(ReservationType.Dynamic, "a/b", "me"),
            Wire.Scalar("mem", 32).With(r => r.Revocable = new()),
            Wire.Ranges("ports", (31000, 31005), (32000, 32000)).Allocated("x"),
            Wire.Set("zones", "b", "a"),
            Wire.Volume(64, "vol1", shared: true),
        ]);
        Assert.Equal(
            "cpus(allocated: *)(reservations: [(DYNAMIC,ops)]):0.1; cpus(reservations: [(STATIC,a),(DYNAMIC,a/b,me)]):1; mem{REV}:32; "
            + "ports(allocated: x):[31000-31005, 32000-32000]; zones:{a, b}; disk(reservations: [(DYNAMIC,ops,pp)])[vol1:data]<SHARED>:64",
            set.ToString());
    }

    [Fact]
    public void Subtract_OfPersistentVolumes_TakesTheWholeVolumeOrNothing()
    {
        var volumes = ResourceSet.From([Wire.Volume(64, "a"), Wire.Volume(64, "b"), Wire.Scalar("cpus", 1)]);
        Assert.Equal(3, volumes.Count);
        Assert.False(volumes.TrySubtract(ResourceSet.From([Wire.Volume(32, "a")]), out _));
        Assert.False(volumes.TrySubtract(ResourceSet.From([Wire.Volume(64, "c")]), out _));
        Assert.False(volumes.TrySubtract(ResourceSet.From([Wire.Volume(64, "a"), Wire.Volume(64, "a")]), out _));
        Assert.False(volumes.Contains(ResourceSet.From([Wire.Volume(64, "a"), Wire.Volume(64, "a")])));
        Assert.Equal(2, volumes.Subtract(ResourceSet.From([Wire.Volume(64, "a")])).Count);
    }

    [Fact]
    public void Subtract_OfAVolumeMountedElsewhere_IsTheSameVolume()
    {
        var volumes = ResourceSet.From([Wire.Volume(64, "a")]);
        var used = ResourceSet.From([Wire.Volume(64, "a").With(r => r.Disk.Volume.ContainerPath = "other")]);
        Assert.True(volumes.Subtract(used).IsEmpty);
        Assert.Contains("[a:other]", used.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_OfSharedVolumes_CountsCopies()
    {
        var one = ResourceSet.From([Wire.Volume(64, "a", shared: true)]);
        var three = one.Add(one).Add(one);
        Assert.Single(three);
        Assert.Equal(3, three[0].Shares);
        Assert.Equal(64_000, three.Scalar("disk"));
        Assert.Equal(3, three.ToWire(ResourceFormat.PostRefinement).Length);
        Assert.Equal(three, ResourceSet.From(three.ToWire(ResourceFormat.PostRefinement)));
        Assert.True(three.Contains(one.Add(one)));
        Assert.False(one.Contains(three));
        Assert.Equal(one, three.Subtract(one).Subtract(one));
    }

    [Fact]
    public void AllocatableTo_GivesWhatARoleMayUse()
    {
        var set = ResourceSet.From(
        [
            Wire.Scalar("cpus", 1),
            Wire.Scalar("cpus", 2).Reserved(ReservationType.Static, "a"),
            Wire.Scalar("cpus", 4).Reserved(ReservationType.Static, "a/b"),
            Wire.Scalar("cpus", 8).Reserved(ReservationType.Static, "ab"),
        ]);
        Assert.Equal(3000, set.AllocatableTo("a").Scalar("cpus"));
        Assert.Equal(7000, set.AllocatableTo("a/b").Scalar("cpus"));
        Assert.Equal(3000, set.AllocatableTo("a/c").Scalar("cpus"));
        Assert.Equal(1000, set.AllocatableTo("*").Scalar("cpus"));
        Assert.Equal(1000, set.Unreserved.Scalar("cpus"));
        Assert.Equal(2000, set.Reserved("a").Scalar("cpus"));
        Assert.Equal(["a", "a/b", "ab"], set.ReservedRoles);
    }

    [Fact]
    public void Allocate_ThenUnallocate_IsTheSame()
    {
        var set = ResourceSet.From([Wire.Scalar("cpus", 1), Wire.Ranges("ports", (1, 5)), Wire.Scalar("mem", 1).Allocated("x")]);
        var allocated = set.Allocate("web");
        Assert.Equal("cpus(allocated: web):1; ports(allocated: web):[1-5]; mem(allocated: web):1", allocated.ToString());
        Assert.Equal(["web"], allocated.AllocationRoles);
        Assert.Equal("cpus:1; ports:[1-5]; mem:1", allocated.Unallocate().ToString());
        Assert.False(set.Contains(allocated));
        Assert.Same(allocated, allocated.Allocate("web"));
    }

    [Fact]
    public void TryTake_CarvesAmountsAndElements()
    {
        var set = ResourceSet.From([Wire.Scalar("cpus", 1), Wire.Ranges("ports", (5, 6), (9, 12)), Wire.Scalar("cpus", 1).Reserved(ReservationType.Static, "a")]);
        Assert.True(set.TryTake("cpus", 1500, out var cpus));
        Assert.Equal("cpus:1; cpus(reservations: [(STATIC,a)]):0.5", cpus.ToString());
        Assert.True(set.TryTake("ports", 3000, out var ports));
        Assert.Equal("ports:[5-6, 9-9]", ports.ToString());
        Assert.False(set.TryTake("ports", 7000, out var none));
        Assert.True(none.IsEmpty);
        Assert.False(set.TryTake("mem", 1, out _));
    }

    [Fact]
    public void Quantities_CountElements_SortedByName()
    {
        var set = ResourceSet.From([Wire.Ranges("ports", (31000, 32000)), Wire.Scalar("cpus", 1.5), Wire.Set("zones", "a", "b"), Wire.Scalar("cpus", 1).Allocated("a")]);
        Assert.Equal("cpus:2.5; ports:1001; zones:2", set.Quantities.ToString());
        Assert.True(set.HasAtLeast(ResourceQuantities.From([new("cpus", 2500), new("ports", 1000)])));
        Assert.False(set.HasAtLeast(ResourceQuantities.From([new("cpus", 2501)])));
        Assert.False(set.HasAtLeast(ResourceQuantities.From([new("mem", 1)])));
    }

    [Fact]
    public void Subtract_OfMoreThanThereIs_BreaksAnInvariantThatNamesBoth()
    {
        var e = Assert.Throws<InvariantException>(() => ResourceSet.From([Wire.Scalar("cpus", 1)]).Subtract(ResourceSet.From([Wire.Scalar("cpus", 2)])));
        Assert.Contains("cpus:1 does not contain cpus:2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_MoreThanThereIs_LeavesNothingOfIt()
    {
        var set = ResourceSet.From([Wire.Scalar("cpus", 1), Wire.Ranges("ports", (1, 5)), Wire.Volume(1, "a"), Wire.Scalar("mem", 5)]);
        var other = ResourceSet.From([Wire.Scalar("cpus", 2), Wire.Ranges("ports", (4, 9)), Wire.Volume(1, "a"), Wire.Scalar("gpus", 1)]);
        Assert.Equal("ports:[1-3]; mem:5", set.Without(other).ToString());
    }

    [Fact]
    public void ToWire_InEveryFormat_SaysReservationsAsItsReadersKnowThem()
    {
        var set = ResourceSet.From([Wire.Scalar("cpus", 1), Wire.Scalar("cpus", 2).Reserved(ReservationType.Static, "a"), Wire.Scalar("cpus", 3).Reserved(ReservationType.Dynamic, "ops", "pp")]);
        var plain = "{ \"name\": \"cpus\", \"type\": \"SCALAR\", \"scalar\": { \"value\": 1 }";

        var post = set.ToWire(ResourceFormat.PostRefinement);
        Assert.Equal(plain + " }", post[0].ToString());
        Assert.EndsWith("\"reservations\": [ { \"role\": \"a\", \"type\": \"STATIC\" } ] }", post[1].ToString(), StringComparison.Ordinal);

        var pre = set.ToWire(ResourceFormat.PreRefinement);
        Assert.Equal(plain + ", \"role\": \"*\" }", pre[0].ToString());
        Assert.EndsWith("\"value\": 2 }, \"role\": \"a\" }", pre[1].ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\"value\": 3 }, \"role\": \"ops\", \"reservation\": { \"principal\": \"pp\" } }", pre[2].ToString(), StringComparison.Ordinal);

        var endpoint = set.ToWire(ResourceFormat.Endpoint);
        Assert.Equal(plain + ", \"role\": \"*\" }", endpoint[0].ToString());
        Assert.EndsWith("\"role\": \"ops\", \"reservation\": { \"principal\": \"pp\" }, \"reservations\": [ { \"principal\": \"pp\", \"role\": \"ops\", \"type\": \"DYNAMIC\" } ] }", endpoint[2].ToString(), StringComparison.Ordinal);

        foreach (var wire in new[] { post, pre, endpoint })
        {
            Assert.Equal(set, ResourceSet.From(wire));
        }
    }

    [Fact]
    public void From_DoesNotKeepTheMessages()
    {
        var wire = Wire.Volume(64, "a");
        var set = ResourceSet.From([wire]);
        wire.Reservations[0].Role = "changed";
        wire.Disk.Persistence.Id = "changed";
        set.ToWire(ResourceFormat.PostRefinement)[0].Disk.Persistence.Id = "changed";
        Assert.Equal(ResourceSet.From([Wire.Volume(64, "a")]), set);
    }

    [Fact]
    public void Labels_OfReservations_CompareWithoutTheirOrder()
    {
        static V1.Resource Labelled(params string[] keys) => Wire.Scalar("cpus", 1).Reserved(ReservationType.Dynamic, "a").With(r =>
        {
            r.Reservations[0].Labels = new();
            r.Reservations[0].Labels.Labels_.Add(keys.Select(k => new V1.Label { Key = k, Value = "v" }));
        });
        Assert.Single(ResourceSet.From([Labelled("a", "b"), Labelled("b", "a")]));
        Assert.Equal(2, ResourceSet.From([Labelled("a", "b"), Labelled("a")]).Count);
    }
}
