using Tepui.Sdk.Offers;

namespace Tepui.Sdk.Tests.Offers;

public sealed class OfferMatcherTests
{
    [Fact]
    public void Place_TwoOffers_SpreadsOverBoth()
    {
        var waiting = new LinkedList<int>([1, 2, 3, 4]);

        var uses = OfferMatcher.Place([An.Offer(4, 256, id: "o-1"), An.Offer(4, 256, id: "o-2")], waiting, _ => new(1, 32));

        Assert.Empty(waiting);
        Assert.Equal([2, 2], uses.Select(use => use.Items.Count));
    }

    [Fact]
    public void Place_MoreThanFits_LeavesTheRestWaitingInOrder()
    {
        var waiting = new LinkedList<int>([1, 2, 3]);

        var uses = OfferMatcher.Place([An.Offer(2, 256)], waiting, _ => new(1, 32));

        Assert.Equal([1, 2], Assert.Single(uses).Items.Select(item => item.Item));
        Assert.Equal([3], waiting);
    }

    [Fact]
    public void Place_OneIsTooLarge_DoesNotHoldUpTheOthers()
    {
        var waiting = new LinkedList<int>([8, 1]);

        var uses = OfferMatcher.Place([An.Offer(2, 256)], waiting, cpus => new(cpus, 32));

        Assert.Equal([1], Assert.Single(uses).Items.Select(item => item.Item));
        Assert.Equal([8], waiting);
    }

    [Fact]
    public void Place_NothingWaits_GivesEveryOfferBack()
    {
        var uses = OfferMatcher.Place([An.Offer(1, 32, id: "o-1"), An.Offer(1, 32, id: "o-2")], new LinkedList<int>(), _ => new(1, 32));

        Assert.Equal(["o-1", "o-2"], uses.Select(use => use.Offer.Id.Value));
        Assert.All(uses, use => Assert.Empty(use.Items));
    }
}
