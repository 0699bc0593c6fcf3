using Tepui.Jobs.Core.Launching.Matching;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Tests.Launching.Matching;

public sealed class ConstraintRuleTests
{
    private static readonly Protocol.V1.Attribute[] Attributes =
    [
        new() { Name = "rack", Type = Value.Types.Type.Text, Text = new() { Value = "r1" } },
        new() { Name = "level", Type = Value.Types.Type.Scalar, Scalar = new() { Value = 12 } },
        new() { Name = "disks", Type = Value.Types.Type.Set, Set = new() { Item = { "ssd", "hdd" } } },
        new() { Name = "ids", Type = Value.Types.Type.Ranges, Ranges = new() { Range = { new Value.Types.Range { Begin = 1, End = 3 } } } },
    ];

    [Theory]
    [InlineData("rack", "EQUALS", "r1", true)]
    [InlineData("rack", "EQUALS", "r", false)]
    [InlineData("rack", "LIKE", "r[0-9]", true)]
    [InlineData("rack", "LIKE", "r", false)]
    [InlineData("rack", "LIKE", "1", false)]
    [InlineData("rack", "LIKE", "x|r1", true)]
    [InlineData("rack", "UNLIKE", "r", true)]
    [InlineData("rack", "UNLIKE", "r.", false)]
    [InlineData("zone", "EQUALS", "", false)]
    [InlineData("zone", "LIKE", ".*", false)]
    [InlineData("zone", "UNLIKE", "a", false)]
    [InlineData("hostname", "EQUALS", "host1", true)]
    [InlineData("hostname", "LIKE", "host[12]", true)]
    [InlineData("hostname", "UNLIKE", "host1", false)]
    [InlineData("hostname", "UNLIKE", "host2", true)]
    [InlineData("level", "EQUALS", "12", true)]
    [InlineData("level", "LIKE", "12", true)]
    [InlineData("level", "LIKE", @"12\.0", true)]
    [InlineData("level", "UNLIKE", "12", false)]
    [InlineData("disks", "LIKE", "ssd", true)]
    [InlineData("disks", "LIKE", "tape", false)]
    [InlineData("disks", "UNLIKE", "hdd", false)]
    [InlineData("ids", "LIKE", ".*", false)]
    [InlineData("ids", "UNLIKE", "x", false)]
    [InlineData("rack", "LIKE", "(", false)]
    [InlineData("rack", "UNLIKE", "(", false)]
    public void Allows_EveryOperatorAndKind(string attribute, string rule, string value, bool expected) =>
        Assert.Equal(expected, new ConstraintRule(new(attribute, rule, value)).Allows("host1", Attributes));

    [Fact]
    public void Allows_AttributeCalledHostname_GoesBeforeTheHosts()
    {
        Protocol.V1.Attribute[] attributes = [new() { Name = "hostname", Type = Value.Types.Type.Text, Text = new() { Value = "other" } }];

        Assert.False(new ConstraintRule(new("hostname", "EQUALS", "host1")).Allows("host1", attributes));
        Assert.True(new ConstraintRule(new("hostname", "LIKE", "other")).Allows("host1", attributes));
    }

    [Theory]
    [InlineData("GROUP_BY")]
    [InlineData("like")]
    [InlineData("")]
    public void Rules_UnknownOperator_HasNoEffect(string rule) =>
        Assert.True(ConstraintRules.Of([new("rack", rule, "nothing")]).IsEmpty);

    [Fact]
    public void Rules_Several_MustAllBeMet()
    {
        var rules = ConstraintRules.Of([new("rack", "EQUALS", "r1"), new("hostname", "LIKE", "host2")]);

        Assert.True(rules.Allow("host2", Attributes));
        Assert.False(rules.Allow("host1", Attributes));
        Assert.Equal("hostname LIKE host2", rules.FirstUnmet("host1", Attributes)?.ToString());
        Assert.Null(rules.FirstUnmet("host2", Attributes));
    }
}
