using Tepui.Services.Rest;

namespace Tepui.Services.Tests.Rest;

public sealed class LabelSelectorTests
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal) { ["tier"] = "front", ["zone"] = "a b" };

    [Theory]
    [InlineData("tier", true)]
    [InlineData("none", false)]
    [InlineData("tier==front", true)]
    [InlineData("tier == back", false)]
    [InlineData("tier!=back", true)]
    [InlineData("none!=back", false)]
    [InlineData("tier in (back, front)", true)]
    [InlineData("tier notin (back,front)", false)]
    [InlineData("tier notin(back)", true)]
    [InlineData(@"zone==a\ b", true)]
    [InlineData("tier==front,none", false)]
    [InlineData("tier, zone", true)]
    public void Selector_OnTwoLabels_HoldsOrNot(string text, bool holds)
    {
        var selectors = LabelSelector.Parse(text, out var problem);

        Assert.Equal("", problem);
        Assert.Equal(holds, selectors!.All(selector => selector.Matches(Labels)));
    }

    [Theory]
    [InlineData("tier==")]
    [InlineData("tier in front")]
    [InlineData("tier in (front")]
    [InlineData("==front")]
    [InlineData("tier front")]
    [InlineData("tier,")]
    public void Selector_ThatCannotBeRead_SaysWhere(string text)
    {
        Assert.Null(LabelSelector.Parse(text, out var problem));
        Assert.Contains(text, problem, StringComparison.Ordinal);
    }
}
