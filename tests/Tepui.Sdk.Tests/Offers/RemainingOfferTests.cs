using Tepui.Protocol.V1;
using Tepui.Sdk.Offers;

namespace Tepui.Sdk.Tests.Offers;

public sealed class RemainingOfferTests
{
    [Fact]
    public void TryTake_Fits_CutsItOff()
    {
        var offer = new RemainingOffer(An.Offer(cpus: 1, mem: 128, ports: (31000, 31003)));

        Assert.True(offer.TryTake(new(0.3, 32, Ports: 2), out var taken));

        Assert.Equal(0.3, taken.Single(resource => resource.Name == "cpus").Scalar.Value);
        Assert.Equal(32, taken.Single(resource => resource.Name == "mem").Scalar.Value);
        Assert.Equal((31000UL, 31001UL), Assert.Single(taken.Single(resource => resource.Name == "ports").Ranges.Range) is var range ? (range.Begin, range.End) : default);
        Assert.Equal(0.7, offer.Cpus);
        Assert.Equal(96, offer.MemMb);
        Assert.Equal(2, offer.Ports);
    }

    [Fact]
    public void TryTake_OneKindIsShort_TakesNothing()
    {
        var offer = new RemainingOffer(An.Offer(cpus: 4, mem: 31));

        Assert.False(offer.TryTake(new(1, 32), out _));

        Assert.Equal(4, offer.Cpus);
        Assert.Equal(31, offer.MemMb);
    }

    [Fact]
    public void TryTake_TenTimesATenth_LeavesExactlyNothing()
    {
        var offer = new RemainingOffer(An.Offer(cpus: 1, mem: 320));

        for (var i = 0; i < 10; i++)
        {
            Assert.True(offer.TryTake(new(0.1, 32), out _));
        }

        Assert.Equal(0, offer.Cpus);
        Assert.False(offer.TryTake(new(0.001, 0), out _));
    }

    [Fact]
    public void TryTake_PartlyReserved_TakesTheReservedFirst()
    {
        var wire = An.Offer(cpus: 1, mem: 64);
        var reserved = new Resource { Name = "cpus", Type = Value.Types.Type.Scalar, Scalar = new() { Value = 0.5 } };
        reserved.Reservations.Add(new Resource.Types.ReservationInfo { Role = "r" });
        wire.Resources.Add(reserved);

        Assert.True(new RemainingOffer(wire).TryTake(new(0.75, 0), out var taken));

        Assert.Equal(2, taken.Count);
        Assert.Single(taken[0].Reservations);
        Assert.Equal(0.5, taken[0].Scalar.Value);
        Assert.Empty(taken[1].Reservations);
        Assert.Equal(0.25, taken[1].Scalar.Value);
    }

    [Fact]
    public void TryTake_VolumesAndRevocable_AreLeftAlone()
    {
        var wire = An.Offer(cpus: 1, mem: 64);
        wire.Resources.Add(new Resource { Name = "disk", Type = Value.Types.Type.Scalar, Scalar = new() { Value = 100 }, Disk = new() });
        wire.Resources.Add(new Resource { Name = "cpus", Type = Value.Types.Type.Scalar, Scalar = new() { Value = 8 }, Revocable = new() });

        var offer = new RemainingOffer(wire);

        Assert.Equal(1, offer.Cpus);
        Assert.Equal(0, offer.DiskMb);
    }
}
