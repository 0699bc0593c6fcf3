using Tepui.Master.Core.Tables;
using Tepui.Model;
using Tepui.Model.Resources;
using Tepui.Testing;

namespace Tepui.Master.Core.Tests.Tables;

public sealed class ResourceTallyTests
{
    [Fact]
    public void Sum_OfManyAgents_AddsAmountsAndUnitesPorts()
    {
        var tally = new ResourceTally();
        var one = ResourceSet.From([A.Scalar("cpus", 1.5), A.Ranges("ports", 10, 20)]);
        var other = ResourceSet.From([A.Scalar("cpus", 1), A.Ranges("ports", 15, 30), A.Ranges("ports", 40, 41)]);
        tally.Add(one);
        tally.Add(other);
        Assert.Equal("cpus:2.5; ports:[10-30, 40-41]", tally.Sum.ToString());

        tally.Remove(one);
        Assert.Equal(other, tally.Sum);

        tally.Remove(other);
        Assert.True(tally.Sum.IsEmpty);
    }

    [Fact]
    public void Sum_UntilItChanges_IsTheSameObject()
    {
        var tally = new ResourceTally();
        tally.Add(ResourceSet.From([A.Scalar("cpus", 1)]));

        Assert.Same(tally.Sum, tally.Sum);
    }

    [Fact]
    public void Ranges_UpToTheLastNumber_AreHeld()
    {
        var tally = new ResourceTally();
        tally.Add(ResourceSet.From([A.Ranges("ids", ulong.MaxValue - 1, ulong.MaxValue)]));

        Assert.Equal($"ids:[{ulong.MaxValue - 1}-{ulong.MaxValue}]", tally.Sum.ToString());
    }

    [Fact]
    public void Remove_WhatWasNeverAdded_IsABug()
    {
        var tally = new ResourceTally();
        tally.Add(ResourceSet.From([A.Scalar("cpus", 1)]));

        Assert.Throws<InvariantException>(() => tally.Remove(ResourceSet.From([A.Scalar("cpus", 2)])));
    }
}
