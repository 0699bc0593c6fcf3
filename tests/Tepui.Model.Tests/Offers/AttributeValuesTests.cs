using Tepui.Protocol.V1;
using Tepui.Model.Offers;

namespace Tepui.Model.Tests.Offers;

public sealed class AttributeValuesTests
{
    [Fact]
    public void Read_EveryKind_RendersAsConstraintsSeeIt()
    {
        var values = AttributeValues.Read(
        [
            new() { Name = "rack", Type = Value.Types.Type.Text, Text = new() { Value = "r1" } },
            new() { Name = "level", Type = Value.Types.Type.Scalar, Scalar = new() { Value = 2.5004 } },
            new() { Name = "whole", Type = Value.Types.Type.Scalar, Scalar = new() { Value = 12 } },
            new() { Name = "ids", Type = Value.Types.Type.Ranges, Ranges = new() { Range = { Range(7, 9), Range(1, 3) } } },
            new() { Name = "set", Type = Value.Types.Type.Set, Set = new() { Item = { "b", "a" } } },
        ]);

        Assert.Equal("r1", values["rack"]);
        Assert.Equal("2.5", values["level"]);
        Assert.Equal("12", values["whole"]);
        Assert.Equal("[1-3,7-9]", values["ids"]);
        Assert.Equal("{a,b}", values["set"]);
    }

    private static Value.Types.Range Range(ulong begin, ulong end) => new() { Begin = begin, End = end };
}
