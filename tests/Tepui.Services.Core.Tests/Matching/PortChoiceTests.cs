using FsCheck;
using FsCheck.Fluent;
using Tepui.Model.Resources;
using Tepui.Services.Core.Matching;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Matching;

public sealed class PortChoiceTests
{
    [Fact]
    public void Choose_RequiredPorts_AreThose()
    {
        var app = A.App() with { RequirePorts = true, PortDefinitions = [A.Port(31005), A.Port(31001)] };

        Assert.Equal([31005, 31001], Take(app, (31000, 31010), 1)![0].HostPorts);
        Assert.Null(Take(app, (31002, 31010), 1));
    }

    [Fact]
    public void Choose_Mappings_FixedDynamicAndUnmapped()
    {
        var app = A.App() with
        {
            Networks = [new(NetworkMode.Bridge, null, new Dictionary<string, string>())],
            PortDefinitions = [],
            Container = new() { PortMappings = [A.Mapping(80, 0), A.Mapping(81, null), A.Mapping(82, 31003)] },
        };

        var ports = Take(app, (31000, 31010), 1)![0].HostPorts;

        Assert.NotNull(ports[0]);
        Assert.Null(ports[1]);
        Assert.Equal(31003, ports[2]);
    }

    [Fact]
    public void Choose_TwoReservations_ReservedFirst()
    {
        var app = A.App() with { Role = "dev", PortDefinitions = [A.Port(), A.Port(10001, "b")] };
        var offer = An.Offer(role: "dev", ports: (31000, 31000)).Reserved("dev");
        offer.Resources.Add(An.Ports((32000, 32010), "dev"));
        var site = new Site(A.Host(), "dev", offer.Resources, null);

        var part = Allotment.Take(new(app, new()), site, null, new(1))[0];

        Assert.Equal(31000, part.HostPorts[0]);
        Assert.InRange(part.HostPorts[1]!.Value, 32000, 32010);
        Assert.Equal([1, 0], part.Resources.Where(resource => resource.Name == "ports").Select(resource => resource.Reservations.Count));
    }

    [Fact]
    public void Choose_ManyInstances_NoPortTwiceAndAllWithinTheOffer()
    {
        var cases =
            from begin in Gen.Choose(1, 60000)
            from size in Gen.Choose(1, 40)
            from perInstance in Gen.Choose(1, 5)
            from seed in Gen.Choose(0, 1000)
            select (begin, size, perInstance, seed);
        Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            var (begin, size, perInstance, seed) = sample;
            var app = A.App() with { PortDefinitions = [.. Enumerable.Range(0, perInstance).Select(i => A.Port(10000 + i, $"p{i}"))] };
            var plan = new LaunchPlan(app, new());
            var site = new Site(A.Host(), "*", An.Offer(ports: ((ulong)begin, (ulong)(begin + size - 1))).Resources, null);
            var random = new Random(seed);
            var seen = new HashSet<int>();
            while (PortChoice.IsPossible(plan, new(site, plan, null)))
            {
                var part = Allotment.Take(plan, site, null, random)[0];
                Assert.All(part.HostPorts, port => Assert.True(seen.Add(port!.Value)));
                Assert.All(part.HostPorts, port => Assert.InRange(port!.Value, begin, begin + size - 1));
                var wire = part.Resources.Where(resource => resource.Name == "ports").SelectMany(resource => resource.Ranges.Range).Select(range => new ResourceRange(range.Begin, range.End));
                Assert.Equal(ResourceRanges.From(part.HostPorts.Select(port => new ResourceRange((ulong)port!.Value, (ulong)port.Value))), ResourceRanges.From(wire));
            }

            Assert.Equal(size / perInstance * perInstance, seen.Count);
        }).QuickCheckThrowOnFailure();
    }

    private static IReadOnlyList<PartAllotment>? Take(RunSpec spec, (ulong, ulong) ports, int seed)
    {
        var plan = new LaunchPlan(spec, new());
        var site = new Site(A.Host(), "*", An.Offer(ports: ports).Resources, null);
        return PortChoice.IsPossible(plan, new(site, plan, null)) ? Allotment.Take(plan, site, null, new(seed)) : null;
    }
}
