using Tepui.Master.Core.Allocation;

namespace Tepui.Master.Core.Tests.Allocation;

/// <summary>Who gets what: dominant shares, weights, the tree of roles.</summary>
public sealed class AllocatorDrfTests
{
    [Fact]
    public void Run_OnTheExampleOfThePaper_EndsWithThreeAndTwoTasks()
    {
        // 9 CPUs and 18 GB; A's tasks need 1 CPU and 4 GB, B's 3 CPUs and 1 GB. Each offer is used for one task.
        var pool = new Pool().AddAgent("s", "cpus:9;mem:18").AddFramework("A", "a").AddFramework("B", "b");
        var needs = new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "cpus:1;mem:4", ["B"] = "cpus:3;mem:1" };
        var order = new List<string>();
        for (var round = 0; round < 20; round++)
        {
            foreach (var offer in pool.Run())
            {
                var need = Pool.Parse(needs[offer.Framework.Value]);
                if (offer.Resources.Unallocate().Contains(need))
                {
                    order.Add(offer.Framework.Value);
                    pool.Use(offer, needs[offer.Framework.Value]);
                }
                else
                {
                    pool.Decline(offer, 3600);
                }
            }
        }

        Assert.Equal(["A", "B", "A", "B", "A"], order);
        Assert.Equal(2.0 / 3, pool.Allocator.ShareOf("a").DominantShare, 12);
        Assert.Equal(2.0 / 3, pool.Allocator.ShareOf("b").DominantShare, 12);
        Assert.Equal("cpus:3; mem:12", pool.Allocator.ShareOf("a").Allocated.ToString());
        Assert.Equal("cpus:6; mem:2", pool.Allocator.ShareOf("b").Allocated.ToString());
    }

    [Fact]
    public void Run_WithOneAgent_GivesAllOfItToOne()
    {
        var pool = new Pool().AddAgent("s1", "cpus:4;mem:100;ports:[1-9]").AddFramework("f2").AddFramework("f1");
        var offer = Assert.Single(pool.Run());
        Assert.Equal("f1", offer.Framework.Value);
        Assert.Equal("*", offer.Role);
        Assert.Equal("cpus(allocated: *):4; mem(allocated: *):100; ports(allocated: *):[1-9]", offer.Resources.ToString());
        Assert.True(pool.Allocator.Free(offer.Agent).IsEmpty);
        Assert.Empty(pool.Pass(3600));
    }

    [Fact]
    public void Run_WithEqualAgents_SharesThemEvenly()
    {
        var pool = new Pool();
        for (var i = 0; i < 9; i++)
        {
            pool.AddAgent("s" + i, "cpus:4;mem:100");
        }

        pool.AddFramework("f1").AddFramework("f2").AddFramework("f3");
        Assert.All(pool.Run().GroupBy(o => o.Framework), g => Assert.Equal(3, g.Count()));
    }

    [Fact]
    public void Run_WithWeights_SharesByWeight()
    {
        var pool = new Pool();
        pool.Allocator.SetWeight("heavy", 2);
        for (var i = 0; i < 12; i++)
        {
            pool.AddAgent("s" + i, "cpus:4;mem:100");
        }

        pool.AddFramework("f1", "heavy").AddFramework("f2", "light");
        var offers = pool.Run();
        Assert.Equal(8, offers.Count(o => o.Role == "heavy"));
        Assert.Equal(4, offers.Count(o => o.Role == "light"));
        Assert.Equal(2, pool.Allocator.ShareOf("heavy").Weight);
    }

    [Fact]
    public void SetWeight_WhileFrameworksHoldResources_CountsFromThenOn()
    {
        var pool = new Pool().AddFramework("f1", "x").AddFramework("f2", "y");
        for (var i = 0; i < 4; i++)
        {
            pool.AddAgent("s" + i, "cpus:1");
        }

        pool.Run();
        pool.Allocator.SetWeight("y", 3);
        for (var i = 4; i < 8; i++)
        {
            pool.AddAgent("s" + i, "cpus:1");
        }

        var offers = pool.Run();
        Assert.Equal(4, offers.Count(o => o.Role == "y"));
    }

    [Fact]
    public void Run_WithATreeOfRoles_SharesAmongSiblingsFirst()
    {
        // eng and ops are siblings and get half each, although eng has two roles below it.
        var pool = new Pool();
        for (var i = 0; i < 8; i++)
        {
            pool.AddAgent("s" + i, "cpus:1");
        }

        pool.AddFramework("f1", "eng/a").AddFramework("f2", "eng/b").AddFramework("f3", "ops");
        var byRole = pool.Run().GroupBy(o => o.Role).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        Assert.Equal(2, byRole["eng/a"]);
        Assert.Equal(2, byRole["eng/b"]);
        Assert.Equal(4, byRole["ops"]);
        Assert.Equal(0.5, pool.Allocator.ShareOf("eng").DominantShare);
        Assert.Equal(["eng", "eng/a", "eng/b", "ops"], pool.Allocator.Roles.Select(r => r.Role));
    }

    [Fact]
    public void Run_WithFrameworksInARoleAndBelowIt_TreatsThemAsSiblings()
    {
        var pool = new Pool();
        for (var i = 0; i < 8; i++)
        {
            pool.AddAgent("s" + i, "cpus:1");
        }

        pool.AddFramework("f1", "eng").AddFramework("f2", "eng").AddFramework("f3", "eng/a");
        var byFramework = pool.Run().GroupBy(o => o.Framework.Value).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        Assert.Equal(2, byFramework["f1"]);
        Assert.Equal(2, byFramework["f2"]);
        Assert.Equal(4, byFramework["f3"]);
    }

    [Fact]
    public void Run_WithExcludedNames_DoesNotCountThem()
    {
        var pool = new Pool(new() { FairSharingExcludedResourceNames = ["gpus"] });
        pool.AddFramework("f1", "x", FrameworkAbilities.GpuResources).AddAgent("s1", "cpus:1;gpus:8").AddAgent("s2", "cpus:9");
        pool.Run();
        Assert.Equal(1.0, pool.Allocator.ShareOf("x").DominantShare);
        pool.Allocator.AddAgent(Pool.Agent("s3"), Pool.Parse("cpus:10"), new("s3"), pool.Now);
        Assert.Equal(0.5, pool.Allocator.ShareOf("x").DominantShare);
    }

    [Fact]
    public void Run_WithReservations_GivesThemToTheirRoleAndThoseBelow()
    {
        var pool = new Pool().AddAgent("s", "cpus:1;cpus(a):2;cpus(a/b):4;cpus(c):8");
        pool.AddFramework("f1", "a").AddFramework("f2", "z");
        Assert.Equal(["f1 s cpus:1; cpus(reservations: [(STATIC,a)]):2"], Pool.Print(pool.Run()));
        pool.AddFramework("f3", "a/b").AddFramework("f4", "c/d/e");
        Assert.Equal(["f3 s cpus(reservations: [(STATIC,a/b)]):4", "f4 s cpus(reservations: [(STATIC,c)]):8"], Pool.Print(pool.Run()));
    }

    [Fact]
    public void Run_FromTheSameCalls_GivesTheSame()
    {
        static string[] Play()
        {
            var pool = new Pool(new() { Seed = 7 });
            for (var i = 0; i < 20; i++)
            {
                pool.AddAgent("s" + i, $"cpus:{1 + (i % 3)}");
                pool.AddFramework("f" + i, "r" + (i % 4));
            }

            return [.. pool.Run().Select(o => o.ToString())];
        }

        Assert.Equal(Play(), Play());
        Assert.Equal(20, Play().Length);
    }
}
