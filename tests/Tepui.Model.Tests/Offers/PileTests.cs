using Tepui.Model.Offers;
using Tepui.Protocol.V1;

namespace Tepui.Model.Tests.Offers;

public sealed class PileTests
{
    [Fact]
    public void Take_Parts_NeverGivesMoreThanThereIsAndKeepsWhoseItIs()
    {
        var pile = new Pile(Reserved("prod"));

        var first = pile.Take(1500);
        var second = pile.Take(1500);

        Assert.Equal(1.5, first.Scalar.Value);
        Assert.Equal(0.5, second.Scalar.Value);
        Assert.Equal(0, pile.Scalar);
        Assert.Equal("prod", Assert.Single(first.Reservations).Role);
        Assert.Equal("prod/a", first.AllocationInfo.Role);
    }

    [Theory]
    [InlineData(null, "any", true)]
    [InlineData("prod", "prod", true)]
    [InlineData("prod", "prod/a", true)]
    [InlineData("prod/a", "prod", false)]
    [InlineData("prod", "production", false)]
    [InlineData("prod", "*", false)]
    public void IsFor_ReservedAndNot_GoesByRole(string? reservedFor, string role, bool expected) =>
        Assert.Equal(expected, new Pile(reservedFor is null ? Plain() : Reserved(reservedFor)).IsFor(role));

    [Fact]
    public void IsLabelled_ReservationWithLabels_IsKeptForAPurpose()
    {
        var labelled = Reserved("prod");
        labelled.Reservations[0].Labels = new() { Labels_ = { new Label { Key = "for", Value = "somebody" } } };

        Assert.True(new Pile(labelled).IsLabelled);
        Assert.False(new Pile(Reserved("prod")).IsLabelled);
        Assert.False(new Pile(Plain()).IsLabelled);
    }

    [Fact]
    public void IsPlain_RevocableSharedAndDisks_AreNot()
    {
        var revocable = Plain();
        revocable.Revocable = new();
        var disk = Plain();
        disk.Disk = new();

        Assert.True(new Pile(Plain()).IsPlain);
        Assert.False(new Pile(revocable).IsPlain);
        Assert.False(new Pile(disk).IsPlain);
    }

    private static Resource Plain() => new() { Name = "cpus", Type = Value.Types.Type.Scalar, Scalar = new() { Value = 2 }, AllocationInfo = new() { Role = "prod/a" } };

    private static Resource Reserved(string role)
    {
        var resource = Plain();
        resource.Reservations.Add(new Resource.Types.ReservationInfo { Role = role, Type = Resource.Types.ReservationInfo.Types.Type.Static });
        return resource;
    }
}
