using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Matching;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Matching;

public sealed class ConstraintRuleTests
{
    [Theory]
    [InlineData("r1", "r.", true)]
    [InlineData("r1", "r", false)]
    [InlineData("xr1", "r1", false)]
    [InlineData("r12", "r1|r12", true)]
    [InlineData("r1\n", "r1", false)]
    [InlineData("abab", @"(ab)\1", false)]
    public void Allows_Like_MatchesWholeValue(string value, string pattern, bool expected) =>
        Assert.Equal(expected, Judge("rack", ConstraintOperator.Like, pattern, [], value));

    [Theory]
    [InlineData("r1", "r.", false)]
    [InlineData("r1", "r", true)]
    [InlineData(null, "r.", true)]
    [InlineData("abac", @"(ab)\1", false)]
    public void Allows_Unlike_AlsoWithoutTheAttribute(string? value, string pattern, bool expected) =>
        Assert.Equal(expected, Judge("rack", ConstraintOperator.Unlike, pattern, [], value));

    [Theory]
    [InlineData(ConstraintOperator.Like, ".*")]
    [InlineData(ConstraintOperator.Unique, null)]
    [InlineData(ConstraintOperator.Cluster, null)]
    [InlineData(ConstraintOperator.Cluster, "r1")]
    [InlineData(ConstraintOperator.GroupBy, "2")]
    [InlineData(ConstraintOperator.MaxPer, "5")]
    [InlineData(ConstraintOperator.Is, "r1")]
    public void Allows_AttributeMissing_OnlyUnlikeIsMet(ConstraintOperator rule, string? value) =>
        Assert.False(Judge("rack", rule, value, [], null));

    [Theory]
    [InlineData("r1", false)]
    [InlineData("r2", true)]
    public void Allows_Unique_NoValueTwice(string value, bool expected) =>
        Assert.Equal(expected, Judge("rack", ConstraintOperator.Unique, null, ["r1"], value));

    [Theory]
    [InlineData(new string[0], "r1", true)]
    [InlineData(new[] { "r1" }, "r1", true)]
    [InlineData(new[] { "r1" }, "r2", false)]
    public void Allows_ClusterWithoutValue_FirstPlacementChooses(string[] placed, string value, bool expected) =>
        Assert.Equal(expected, Judge("rack", ConstraintOperator.Cluster, null, placed, value));

    [Theory]
    [InlineData("r1", true)]
    [InlineData("r2", false)]
    public void Allows_ClusterWithValue_EqualsIt(string value, bool expected) =>
        Assert.Equal(expected, Judge("rack", ConstraintOperator.Cluster, "r1", ["r2"], value));

    [Theory]
    [InlineData(new[] { "r1" }, "r1", true)]
    [InlineData(new[] { "r1", "r1" }, "r1", false)]
    [InlineData(new[] { "r1", "r1" }, "r2", true)]
    public void Allows_MaxPer_FewerThanThatMany(string[] placed, string value, bool expected) =>
        Assert.Equal(expected, Judge("rack", ConstraintOperator.MaxPer, "2", placed, value));

    [Theory]
    [InlineData("2.5", "2.5", true)]
    [InlineData("2.5", "2.50", true)]
    [InlineData("2.5", "2.50001", true)]
    [InlineData("2.5", "2.51", false)]
    [InlineData("r1", "r1", true)]
    [InlineData("r1", "R1", false)]
    public void Allows_Is_ExactTextOrNumberToThreeDecimals(string value, string wanted, bool expected) =>
        Assert.Equal(expected, Judge("level", ConstraintOperator.Is, wanted, [], value, "level"));

    // 7 instances over 3 groups: 2 each, and one group gets a third.
    [Theory]
    [InlineData(new string[0], "r1", true)]
    [InlineData(new[] { "r1" }, "r1", true)]
    [InlineData(new[] { "r1", "r1" }, "r1", true)]
    [InlineData(new[] { "r1", "r1", "r1" }, "r1", false)]
    [InlineData(new[] { "r1", "r1", "r1", "r2", "r2" }, "r2", false)]
    [InlineData(new[] { "r1", "r1", "r1", "r2", "r2" }, "r3", true)]
    [InlineData(new[] { "r1", "r2", "r3" }, "r4", false)]
    public void Allows_GroupBy_ShareAndRemainder(string[] placed, string value, bool expected) =>
        Assert.Equal(expected, Judge("rack", ConstraintOperator.GroupBy, "3", placed, value, instances: 7));

    [Theory]
    [InlineData(new[] { "r1" }, "r1", 2, true)]
    [InlineData(new[] { "r1", "r1" }, "r1", 2, false)]
    [InlineData(new[] { "r1" }, "r2", 2, true)]
    [InlineData(new[] { "r1", "r2" }, "r3", 2, false)]
    [InlineData(new[] { "r1", "r2" }, "r3", 3, true)]
    [InlineData(new[] { "r1", "r2", "r3" }, "r4", 2, false)]
    [InlineData(new[] { "r1" }, "r1", 1, true)]
    public void Allows_GroupByWithoutValue_SpreadsOverKnownValues(string[] placed, string value, int known, bool expected) =>
        Assert.Equal(expected, Judge("rack", ConstraintOperator.GroupBy, null, placed, value, known: known, instances: known == 1 ? 5 : 3));

    [Theory]
    [InlineData("hostname", "a")]
    [InlineData("@hostname", "a")]
    [InlineData("@region", "b")]
    [InlineData("@zone", "c")]
    [InlineData("rack", "d")]
    public void Allows_Field_ReadsHostDomainAndAttributes(string field, string expected)
    {
        var host = A.Host("a", "b", "c", ("rack", "d"));
        var rule = new ConstraintRule(A.Constraint(field, ConstraintOperator.Is, expected), 1);

        Assert.True(rule.Allows(host, Counts("rack", []), _ => 1));
    }

    [Fact]
    public void Allows_BrokenPattern_MatchesNothing() => Assert.False(Judge("rack", ConstraintOperator.Like, "(", [], "("));

    private static bool Judge(string field, ConstraintOperator rule, string? constraint, string[] placed, string? value, string attribute = "rack", int known = 1, int instances = 1)
    {
        var host = value is null ? A.Host() : A.Host(attributes: (attribute, value));
        return new ConstraintRule(A.Constraint(field, rule, constraint), instances).Allows(host, Counts(attribute, placed), _ => known);
    }

    private static PlacementCounts Counts(string attribute, string[] placed)
    {
        var app = A.App();
        return new(() => placed.Select((value, i) => A.Instance(app, i) with { Host = A.Host($"h{i}", attributes: (attribute, value)), Condition = Condition.Running }));
    }
}
