using Tepui.Model.Resources;
using V1 = Tepui.Protocol.V1;

namespace Tepui.Model.Tests.Resources;

public sealed class AttributeTextTests
{
    [Fact]
    public void TryParse_OfGoodText_GivesTheAttributesInOrder()
    {
        Assert.True(AttributeText.TryParse("rack:r1;num:3;ids:[1-5];url:http://h:1/;text:1-2]", out var attributes, out _));
        Assert.Equal(["rack", "num", "ids", "url", "text"], attributes.Select(a => a.Name));
        Assert.Equal("r1", attributes[0].Text.Value);
        Assert.Equal(3, attributes[1].Scalar.Value);
        Assert.Equal(5UL, attributes[2].Ranges.Range[0].End);
        Assert.Equal("http://h:1/", attributes[3].Text.Value);
        Assert.Equal(V1.Value.Types.Type.Text, attributes[4].Type);
    }

    [Theory]
    [InlineData("rack")]
    [InlineData(":r1")]
    [InlineData("rack:")]
    [InlineData("rack:{a,b}")]
    [InlineData("rack:[1-")]
    public void TryParse_OfBadText_NamesThePair(string text)
    {
        Assert.False(AttributeText.TryParse("ok:1;" + text, out var attributes, out var problem));
        Assert.Contains($"Invalid attribute '{text}'", problem, StringComparison.Ordinal);
        Assert.Empty(attributes);
    }
}
