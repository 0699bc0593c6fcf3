using Tepui.Master.Core.Allocation;
using Tepui.Protocol.V1;

namespace Tepui.Master.Core.Tests.Allocation;

/// <summary>Who does not get what: refusals, suppressed roles, minima, capabilities.</summary>
public sealed class AllocatorFilterTests
{
    [Fact]
    public void Decline_OfAnOffer_GivesItToTheNextAndBackAfterItsTime()
    {
        var pool = new Pool().AddAgent("s", "cpus:4").AddFramework("f1").AddFramework("f2");
        pool.Decline(pool.Run().Single(), 5);
        Assert.Equal(1, pool.Allocator.ShareOf("*").ActiveFilters);
        var second = pool.Run().Single();
        Assert.Equal("f2", second.Framework.Value);
        pool.Decline(second, 3600);
        Assert.Equal(2, pool.Allocator.ShareOf("*").ActiveFilters);
        Assert.Equal(NotOffered.Refused, pool.Allocator.WhyNot(Pool.Framework("f1"), "*", Pool.Agent("s")));
        Assert.Empty(pool.Pass(4.9));
        Assert.Equal("f1", pool.Pass(0.2).Single().Framework.Value);
    }

    [Fact]
    public void Decline_OfAPart_StopsOffersOfNoMoreThanThat()
    {
        var pool = new Pool().AddAgent("s", "cpus:4;mem:10").AddFramework("f1");
        var offer = pool.Run().Single();
        var used = pool.Use(offer, "cpus:1", TimeSpan.FromSeconds(3600));
        Assert.Empty(pool.Pass(60));
        pool.Allocator.Recover(offer.Framework, offer.Agent, used, refusal: null, pool.Now);
        Assert.Equal(["f1 s cpus:4; mem:10"], Pool.Print(pool.Run()));
    }

    [Fact]
    public void Decline_WithoutAFilter_IsOfferedAgainAfterAPauseAndNotAtOnce()
    {
        var pool = new Pool().AddAgent("s", "cpus:4").AddFramework("f1");
        pool.Decline(pool.Run().Single(), 0);
        Assert.Empty(pool.Pass(0.09));
        Assert.Single(pool.Pass(0.1));
    }

    [Fact]
    public void Free_OfWhatWasInUse_IsOfferedAtOnce()
    {
        var pool = new Pool().AddAgent("s", "cpus:4").AddFramework("f1");
        pool.Free(pool.Run().Single());
        Assert.Single(pool.Run());
    }

    [Fact]
    public void Revive_EndsRefusals_OfThatRoleOnly()
    {
        var pool = new Pool().AddAgent("s", "cpus(a):1;cpus(b):1").AddFramework("f1", "a,b");
        pool.Run().ForEach(o => pool.Decline(o, 3600));
        Assert.Empty(pool.Pass(60));
        pool.Allocator.Revive(Pool.Framework("f1"), ["b", "unknown"], pool.Now);
        Assert.Equal("b", pool.Run().Single().Role);
        Assert.Equal(1, pool.Allocator.ShareOf("a").ActiveFilters);
        Assert.Equal(0, pool.Allocator.ShareOf("b").ActiveFilters);
        pool.Allocator.Revive(Pool.Framework("f1"), [], pool.Now);
        Assert.Equal("a", pool.Run().Single().Role);
    }

    [Fact]
    public void Suppress_StopsOffers_UntilRevived()
    {
        var pool = new Pool().AddFramework("f1", "a,b", suppressed: "a").AddAgent("s", "cpus:1");
        pool.Decline(pool.Run().Single(), 0);
        pool.Allocator.Suppress(Pool.Framework("f1"), [], pool.Now);
        Assert.Empty(pool.Pass(60));
        Assert.Equal(NotOffered.ClientInactive, pool.Allocator.WhyNot(Pool.Framework("f1"), "b", Pool.Agent("s")));
        pool.Allocator.Revive(Pool.Framework("f1"), ["a"], pool.Now);
        Assert.Equal("a", pool.Run().Single().Role);
    }

    [Fact]
    public void UpdateFramework_ReplacesRolesAndSuppressedRoles()
    {
        var pool = new Pool().AddFramework("f1", "a,b", suppressed: "a").AddAgent("s", "cpus:1");
        var offer = pool.Run().Single();
        Assert.Equal("b", offer.Role);
        pool.Allocator.UpdateFramework(Pool.Framework("f1"), Pool.Traits("a"), pool.Now);
        Assert.Equal("cpus:1", pool.Allocator.ShareOf("b").Allocated.ToString());
        pool.Free(offer);
        Assert.Equal("a", pool.Run().Single().Role);
        Assert.Equal(["a"], pool.Allocator.Roles.Select(r => r.Role));
    }

    [Fact]
    public void MinAllocatable_OfTheMaster_NeedsOneOfItsSets()
    {
        var pool = new Pool(new() { MinAllocatable = [Pool.Parse("cpus:0.01").Quantities, Pool.Parse("mem:32").Quantities] });
        pool.AddFramework("f1").AddAgent("s1", "mem:31;disk:5").AddAgent("s2", "mem:32").AddAgent("s3", "cpus:0.01");
        Assert.Equal(["f1 s2 mem:32", "f1 s3 cpus:0.01"], Pool.Print(pool.Run()));
        Assert.Equal(NotOffered.BelowMinimum, pool.Allocator.WhyNot(Pool.Framework("f1"), "*", Pool.Agent("s1")));
        Assert.Equal(1, pool.Allocator.PassedOver(NotOffered.BelowMinimum));
        Assert.Equal(2, pool.Allocator.PassedOver(NotOffered.Offered));
    }

    [Fact]
    public void MinAllocatable_OfAFramework_TakesThePlaceOfTheMasters()
    {
        var pool = new Pool(new() { MinAllocatable = [Pool.Parse("cpus:1").Quantities] });
        pool.AddAgent("s1", "mem:31").AddAgent("s2", "cpus:2").AddFramework("any", least: "").AddFramework("big", least: "cpus:2;mem:1|ports:[1-3]");
        Assert.Equal(["any s1 mem:31", "any s2 cpus:2"], Pool.Print(pool.Run()));
        pool.AddAgent("s3", "ports:[7-9]");
        Assert.Equal(["big s3 ports:[7-9]"], Pool.Print(pool.Run()));
    }

    [Fact]
    public void Gpus_AreOfferedOnlyToThoseWhoKnowThem_AndAllOfTheirAgent()
    {
        var pool = new Pool().AddAgent("s", "cpus:1;gpus:1").AddFramework("f1").AddFramework("f2", "x", FrameworkAbilities.GpuResources);
        Assert.Equal(["f2 s cpus:1; gpus:1"], Pool.Print(pool.Run()));
        Assert.Equal(NotOffered.NoGpuCapability, pool.Allocator.WhyNot(Pool.Framework("f1"), "*", Pool.Agent("s")));

        var open = new Pool(new() { FilterGpuResources = false }).AddAgent("s", "cpus:1;gpus:1").AddFramework("f1");
        Assert.Single(open.Run());
    }

    [Fact]
    public void OtherRegions_AreOfferedOnlyToThoseWhoKnowThem()
    {
        var pool = new Pool(new() { Region = "north" }).AddFramework("f1")
            .AddAgent("here", "cpus:1", "north").AddAgent("there", "cpus:1", "south").AddAgent("anywhere", "cpus:1");
        Assert.Equal(["f1 anywhere cpus:1", "f1 here cpus:1"], Pool.Print(pool.Run()));
        pool.AddFramework("f2", abilities: FrameworkAbilities.RegionAware);
        Assert.Equal(["f2 there cpus:1"], Pool.Print(pool.Run()));
    }

    [Fact]
    public void RevocableAndRefined_AreLeftOut_ForThoseWhoDoNotKnowThem()
    {
        var total = Pool.Parse("cpus:1").Add(Model.Resources.ResourceSet.Of(
            Model.Resources.Resource.Of(Model.Resources.ResourceIdentity.Get("cpus", Model.Resources.ResourceKind.Scalar, isRevocable: true), 2000),
            Model.Resources.Resource.Of(
                Model.Resources.ResourceIdentity.Get("mem", Model.Resources.ResourceKind.Scalar, [Model.Resources.Reservation.Static("a"), Model.Resources.Reservation.Dynamic("a/b")]),
                4000)));
        var pool = new Pool().AddFramework("f1", "a/b");
        pool.Allocator.AddAgent(Pool.Agent("s"), total, new("s"), pool.Now);
        Assert.Equal(["f1 s cpus:1"], Pool.Print(pool.Run()));
        pool.AddFramework("f2", "a/b", FrameworkAbilities.ReservationRefinement);
        Assert.Equal(["f2 s mem(reservations: [(STATIC,a),(DYNAMIC,a/b)]):4"], Pool.Print(pool.Run()));
        pool.AddFramework("f3", "z", FrameworkAbilities.RevocableResources);
        Assert.Equal(["f3 s cpus{REV}:2"], Pool.Print(pool.Run()));
    }

    [Fact]
    public void EphemeralPorts_AreNeverOffered()
    {
        var pool = new Pool().AddFramework("f1").AddAgent("s", "cpus:1;ephemeral_ports:[1-9]");
        Assert.Equal(["f1 s cpus:1"], Pool.Print(pool.Run()));
    }

    [Fact]
    public void Decline_OverAndOver_KeepsNoMoreThanWhatIsInForce()
    {
        var pool = new Pool().AddAgent("s", "cpus:4").AddFramework("f1");
        for (var i = 0; i < 5000; i++)
        {
            pool.Decline(pool.Run().Single(), 3600);
            Assert.Equal(1, pool.Allocator.ShareOf("*").ActiveFilters);
            pool.Allocator.Revive(Pool.Framework("f1"), [], pool.Now);
        }

        Assert.Equal(0, pool.Allocator.ShareOf("*").ActiveFilters);
    }

    [Theory]
    [InlineData(null, 5)]
    [InlineData(0.0, 0)]
    [InlineData(0.5, 1)]
    [InlineData(10.0, 10)]
    [InlineData(-1.0, 5)]
    [InlineData(double.NaN, 5)]
    [InlineData(1e300, 365 * 86400)]
    public void RefusalTimeout_KeepsWithinItsBounds(double? given, double seconds)
    {
        var filters = new Filters();
        if (given is { } value)
        {
            filters.RefuseSeconds = value;
        }

        Assert.Equal(TimeSpan.FromSeconds(seconds), RefusalTimeout.Of(filters, TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromSeconds(5), RefusalTimeout.Of(null, TimeSpan.FromSeconds(1)));
    }
}
