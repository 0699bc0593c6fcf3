using FsCheck;
using FsCheck.Fluent;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Launching;

/// <summary>What holds for any offers: rules of placement, and never more than was offered.</summary>
public sealed class PlacementPropertyTests
{
    private static readonly Arbitrary<(int Agents, int Zones, int Instances, int Seed)> Clusters =
        (from agents in Gen.Choose(1, 12)
         from zones in Gen.Choose(1, 4)
         from instances in Gen.Choose(1, 30)
         from seed in Gen.Choose(0, 1000)
         select (agents, zones, instances, seed)).ToArbitrary();

    [Fact]
    public void Handle_Unique_NeverTwoOnAHost() => Prop.ForAll(Clusters, cluster =>
    {
        var placed = Place(cluster, A.Constraint("hostname", ConstraintOperator.Unique));

        Assert.Equal(Math.Min(cluster.Agents, cluster.Instances), placed.Count);
        Assert.Equal(placed.Count, placed.Select(instance => instance.Host!.Hostname).Distinct().Count());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Handle_MaxPer_NeverMorePerZone() => Prop.ForAll(Clusters, cluster =>
    {
        var placed = Place(cluster, A.Constraint("@zone", ConstraintOperator.MaxPer, "3"));

        Assert.All(placed.CountBy(instance => instance.Host!.Zone!), zone => Assert.InRange(zone.Value, 1, 3));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Handle_GroupByZones_AllPlacedAndEven() => Prop.ForAll(Clusters, cluster =>
    {
        var zones = Math.Min(cluster.Agents, cluster.Zones);
        var placed = Place(cluster with { Instances = Math.Min(cluster.Instances, cluster.Agents) }, A.Constraint("@zone", ConstraintOperator.GroupBy));

        var counts = placed.CountBy(instance => instance.Host!.Zone!).Select(zone => zone.Value).ToList();
        Assert.Equal(Math.Min(cluster.Instances, cluster.Agents), placed.Count);
        Assert.Equal(Math.Min(zones, placed.Count), counts.Count);
        Assert.InRange(counts.Max() - (counts.Count < zones ? 0 : counts.Min()), 0, 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Handle_Cluster_AllShareOneZone() => Prop.ForAll(Clusters, cluster =>
        Assert.Single(Place(cluster, A.Constraint("@zone", ConstraintOperator.Cluster)).Select(instance => instance.Host!.Zone!).Distinct())).QuickCheckThrowOnFailure();

    [Fact]
    public void Handle_AnyDemand_NeverMoreThanOffered() => Prop.ForAll(Clusters, cluster =>
    {
        var random = new Random(cluster.Seed);
        var scene = new Scene(new() { MaxInstancesPerOffer = 100 });
        for (var i = 0; i < 3; i++)
        {
            scene.Add(A.App($"/app{i}", cluster.Instances, cpus: random.Next(1, 30) / 10.0, mem: random.Next(1, 2000)) with { Disk = random.Next(0, 3000) });
        }

        var offers = Offers(cluster);
        scene.Offer(offers);

        foreach (var accept in scene.Of<ServicesEffect.Accept>())
        {
            var offer = offers.Single(offer => offer.Id.Value == accept.Offer.Value);
            foreach (var name in (string[])["cpus", "mem", "disk"])
            {
                var taken = accept.Operations.SelectMany(operation => operation.Launch.TaskInfos).SelectMany(task => task.Resources).Where(resource => resource.Name == name).Sum(resource => resource.Scalar.Value);
                Assert.InRange(taken, 0, offer.Resources.Single(resource => resource.Name == name).Scalar.Value + 1e-9);
            }
        }

        var answered = scene.Of<ServicesEffect.Accept>().Select(accept => accept.Offer).Concat(scene.Of<ServicesEffect.Decline>().SelectMany(decline => decline.Offers));
        Assert.Equal(offers.Select(offer => offer.Id.Value).Order(), answered.Select(offer => offer.Value).Order());
    }).QuickCheckThrowOnFailure();

    private static IReadOnlyList<Instance> Place((int Agents, int Zones, int Instances, int Seed) cluster, Constraint constraint)
    {
        var scene = new Scene(new() { MaxInstancesPerOffer = 100 });
        var app = scene.Add(A.App(instances: cluster.Instances) with { Constraints = [constraint] });
        scene.Offer(Offers(cluster));
        return [.. scene.Instances(app).Where(instance => instance.Condition == Condition.Provisioned)];
    }

    private static Offer[] Offers((int Agents, int Zones, int Instances, int Seed) cluster)
    {
        Offer[] offers = [.. Enumerable.Range(0, cluster.Agents).Select(i => An.Offer($"h{i}", zone: $"z{i % cluster.Zones}"))];
        new Random(cluster.Seed).Shuffle(offers);
        return offers;
    }
}
