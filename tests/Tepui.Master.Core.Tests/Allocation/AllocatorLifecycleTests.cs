using Tepui.Master.Core.Allocation;
using Tepui.Model;

namespace Tepui.Master.Core.Tests.Allocation;

/// <summary>Agents and frameworks that come, change and go.</summary>
public sealed class AllocatorLifecycleTests
{
    [Fact]
    public void NextRun_WithoutChanges_IsNever()
    {
        var pool = new Pool();
        Assert.Null(pool.Allocator.NextRun);
        pool.AddAgent("s1", "cpus:1").AddAgent("s2", "cpus:1").AddFramework("f1");
        Assert.Equal(pool.Now + TimeSpan.FromMilliseconds(5), pool.Allocator.NextRun);
        Assert.Empty(pool.Allocator.Run(pool.Now));
        Assert.Equal(2, pool.Run().Count);
        Assert.Null(pool.Allocator.NextRun);
        Assert.Equal(1, pool.Allocator.Runs);
    }

    [Fact]
    public void AgentInactive_IsNotOffered_UntilActive()
    {
        var pool = new Pool().AddAgent("s", "cpus:1");
        pool.Allocator.SetAgentActive(Pool.Agent("s"), false, pool.Now);
        pool.AddFramework("f1");
        Assert.Empty(pool.Pass(10));
        Assert.Equal(NotOffered.AgentInactive, pool.Allocator.WhyNot(Pool.Framework("f1"), "*", Pool.Agent("s")));
        pool.Allocator.SetAgentActive(Pool.Agent("s"), true, pool.Now);
        Assert.Single(pool.Run());
    }

    [Fact]
    public void FrameworkInactive_IsNotOffered_AndForgetsRefusals()
    {
        var pool = new Pool().AddAgent("s", "cpus:1").AddFramework("f1");
        pool.Decline(pool.Run().Single(), 3600);
        pool.Allocator.SetFrameworkActive(Pool.Framework("f1"), false, pool.Now);
        Assert.Equal(0, pool.Allocator.ShareOf("*").ActiveFilters);
        Assert.Empty(pool.Pass(10));
        pool.Allocator.SetFrameworkActive(Pool.Framework("f1"), true, pool.Now);
        Assert.Single(pool.Run());
    }

    [Fact]
    public void Allocated_OfAnAgentThatCameBack_CountsAndIsNotOffered()
    {
        var pool = new Pool();
        pool.Allocator.AddFramework(Pool.Framework("old"), Pool.Traits(""), active: false, pool.Now);
        pool.AddFramework("new", "x").AddAgent("s", "cpus:4");
        var running = Pool.Parse("cpus:3").Allocate("gone");
        pool.Allocator.Allocated(Pool.Framework("old"), Pool.Agent("s"), running);
        Assert.Equal(["new s cpus:1"], Pool.Print(pool.Run()));
        Assert.Equal(0.75, pool.Allocator.ShareOf("gone").DominantShare);
        Assert.Equal("cpus:3", pool.Allocator.Held(Pool.Framework("old"), Pool.Agent("s")).ToString());
        pool.Allocator.Recover(Pool.Framework("old"), Pool.Agent("s"), running, refusal: null, pool.Now);
        Assert.Equal(["new s cpus:3"], Pool.Print(pool.Run()));
        Assert.Equal(["x"], pool.Allocator.Roles.Select(r => r.Role));
    }

    [Fact]
    public void UpdateAgent_ToLessThanIsInUse_OffersNothingUntilThatFits()
    {
        var pool = new Pool().AddAgent("s", "cpus:4;mem:10").AddFramework("f1");
        var offer = pool.Run().Single();
        var used = pool.Use(offer, "cpus:3", TimeSpan.Zero);
        pool.Allocator.UpdateAgent(Pool.Agent("s"), Pool.Parse("cpus:2;mem:8"), new("s"), pool.Now);
        Assert.Equal(["f1 s mem:8"], Pool.Print(pool.Pass(1)));
        Assert.Equal("cpus:2; mem:8", pool.Allocator.Total.ToString());
        Assert.Equal(1.5, pool.Allocator.ShareOf("*").DominantShare);
        pool.Allocator.Recover(offer.Framework, offer.Agent, used, refusal: null, pool.Now);
        Assert.Equal(["f1 s cpus:2"], Pool.Print(pool.Run()));
    }

    [Fact]
    public void RemoveAgent_TakesWhatWasHeldWithIt_AndLateReturnsAreIgnored()
    {
        var pool = new Pool().AddAgent("s1", "cpus:4").AddAgent("s2", "cpus:4").AddFramework("f1");
        var offers = pool.Run();
        pool.Allocator.RemoveAgent(Pool.Agent("s1"));
        Assert.Equal("cpus:4", pool.Allocator.Total.ToString());
        Assert.Equal("cpus:4", pool.Allocator.ShareOf("*").Allocated.ToString());
        offers.ForEach(o => pool.Decline(o, 0));
        Assert.True(pool.Allocator.ShareOf("*").Allocated.IsEmpty);
        Assert.Equal(["f1 s2 cpus:4"], Pool.Print(pool.Pass(1)));
        pool.Allocator.RemoveAgent(Pool.Agent("s1"));
    }

    [Fact]
    public void RemoveFramework_FreesWhatItHeld_AndLateReturnsAreIgnored()
    {
        var pool = new Pool().AddAgent("s", "cpus:4").AddFramework("f1", "a,b");
        var offer = pool.Run().Single();
        pool.AddFramework("f2", "c");
        pool.Allocator.RemoveFramework(offer.Framework, pool.Now);
        pool.Decline(offer, 5);
        Assert.Equal(["f2 s cpus:4"], Pool.Print(pool.Run()));
        Assert.Equal(["c"], pool.Allocator.Roles.Select(r => r.Role));
        Assert.Equal(0, pool.Allocator.ShareOf("a").ActiveFilters);
    }

    [Fact]
    public void DropFilters_OfAnAgent_OffersItAgain()
    {
        var pool = new Pool().AddAgent("s1", "cpus:1").AddAgent("s2", "cpus:1").AddFramework("f1");
        pool.Run().ForEach(o => pool.Decline(o, 3600));
        pool.Allocator.DropFilters(Pool.Agent("s2"), pool.Now);
        Assert.Equal(["f1 s2 cpus:1"], Pool.Print(pool.Run()));
        Assert.Equal(1, pool.Allocator.ShareOf("*").ActiveFilters);
    }

    [Fact]
    public void Recover_OfMoreThanWasHeld_BreaksAnInvariant()
    {
        var pool = new Pool().AddAgent("s", "cpus:4").AddFramework("f1");
        var offer = pool.Run().Single();
        pool.Free(offer);
        Assert.Throws<InvariantException>(() => pool.Free(offer));
        Assert.Throws<InvariantException>(() => pool.Allocator.Recover(offer.Framework, offer.Agent, offer.Resources.Unallocate(), refusal: null, pool.Now));
        Assert.Throws<InvariantException>(() => pool.Allocator.Recover(offer.Framework, offer.Agent, offer.Resources.Allocate("other"), refusal: null, pool.Now));
        Assert.Throws<InvariantException>(() => pool.Allocator.SetWeight("*", 0));
    }
}
