using System.Collections.Immutable;
using Tepui.Master.Core.Allocation;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Attribute = Tepui.Protocol.V1.Attribute;
using Predicate = Tepui.Protocol.V1.Scheduler.AttributeConstraint.Types.Predicate;
using Pseudo = Tepui.Protocol.V1.Scheduler.AttributeConstraint.Types.Selector.Types.PseudoattributeType;

namespace Tepui.Master.Core.Tests.Allocation;

/// <summary>Which agents a framework is offered when it says which it wants.</summary>
public sealed class AllocatorConstraintTests
{
    private static readonly AgentTraits Agent = new("host-1", "north", Attributes:
    [
        new() { Name = "rack", Type = Value.Types.Type.Text, Text = new() { Value = "r12" } },
        new() { Name = "num", Type = Value.Types.Type.Scalar, Scalar = new() { Value = 3 } },
    ]);

    public static TheoryData<string, bool, bool, bool> Predicates => new()
    {
        // Predicate, for an absent attribute, for the text r12, for a number.
        { "exists", false, true, true },
        { "not_exists", true, false, false },
        { "equals r12", false, true, true },
        { "equals r1", false, false, true },
        { "not_equals r12", true, false, true },
        { "not_equals r1", true, true, true },
        { "matches r[0-9]+", false, true, true },
        { "matches r1", false, false, true },
        { "matches a|r12", false, true, true },
        { "not_matches r[0-9]+", true, false, true },
        { "not_matches (?P<n>r1)", true, true, true },
    };

    [Theory]
    [MemberData(nameof(Predicates))]
    public void Admits_ByPredicate_AsTheTableSays(string predicate, bool absent, bool text, bool number)
    {
        Assert.Equal(absent, Compile([On("none", predicate)]).Admits(Agent));
        Assert.Equal(text, Compile([On("rack", predicate)]).Admits(Agent));
        Assert.Equal(number, Compile([On("num", predicate)]).Admits(Agent));
    }

    [Theory]
    [InlineData(Pseudo.Hostname, "equals host-1", true)]
    [InlineData(Pseudo.Hostname, "equals host-2", false)]
    [InlineData(Pseudo.Region, "matches n.*", true)]
    [InlineData(Pseudo.Zone, "exists", false)]
    [InlineData(Pseudo.Zone, "not_equals z1", true)]
    public void Admits_ByWhatEveryAgentHas(Pseudo which, string predicate, bool admits)
    {
        var constraint = On("", predicate);
        constraint.Selector = new() { PseudoattributeType = which };
        Assert.Equal(admits, Compile([constraint]).Admits(Agent));
    }

    [Fact]
    public void Admits_AllOfOneGroup_IsEnough()
    {
        var good = On("rack", "exists");
        var bad = On("rack", "not_exists");
        Assert.False(Compile([good, bad]).Admits(Agent));
        Assert.True(Compile([good, bad], [good]).Admits(Agent));
        Assert.False(Compile([bad], [bad, good]).Admits(Agent));
    }

    [Theory]
    [InlineData("matches (", "'(' is not a regular expression")]
    [InlineData("matches (a)\\1", "is not a regular expression")]
    [InlineData("not_matches (?=a)b", "is not a regular expression")]
    public void TryCompile_OfABadExpression_NamesIt(string predicate, string problem)
    {
        Assert.False(OfferConstraint.TryCompile(Groups([On("rack", predicate)]), out _, out var found));
        Assert.Contains(problem, found, StringComparison.Ordinal);
    }

    [Fact]
    public void TryCompile_OfAHugeExpression_IsRefused()
    {
        Assert.False(OfferConstraint.TryCompile(Groups([On("rack", "matches " + new string('a', 2000))]), out _, out var problem));
        Assert.Contains("longer than 1024", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithConstraints_OffersOnlyTheAgentsWanted()
    {
        var pool = new Pool();
        var rack = Compile([On("rack", "equals r1")]);
        var traits = Pool.Traits("a,b") with { Constraints = ImmutableDictionary<string, OfferConstraint>.Empty.Add("a", rack) };
        pool.Allocator.AddFramework(Pool.Framework("f1"), traits with { Roles = ["a"] }, active: true, pool.Now);
        foreach (var name in new[] { "r1", "r2" })
        {
            Attribute[] attributes = [new() { Name = "rack", Type = Value.Types.Type.Text, Text = new() { Value = name } }];
            pool.Allocator.AddAgent(Pool.Agent("s-" + name), Pool.Parse("cpus:1"), new("h", Attributes: attributes), pool.Now);
        }

        Assert.Equal(["f1 s-r1 cpus:1"], Pool.Print(pool.Run()));
        Assert.Equal(NotOffered.Constrained, pool.Allocator.WhyNot(Pool.Framework("f1"), "a", Pool.Agent("s-r2")));
        pool.Allocator.UpdateFramework(Pool.Framework("f1"), traits, pool.Now);
        Assert.Equal("b", pool.Run().Single().Role);
    }

    private static OfferConstraint Compile(params AttributeConstraint[][] groups) =>
        OfferConstraint.TryCompile(Groups(groups), out var constraint, out var problem) ? constraint : throw new ArgumentException(problem, nameof(groups));

    private static OfferConstraints.Types.RoleConstraints Groups(params AttributeConstraint[][] groups)
    {
        var wire = new OfferConstraints.Types.RoleConstraints();
        foreach (var group in groups)
        {
            var one = new OfferConstraints.Types.RoleConstraints.Types.Group();
            one.AttributeConstraints.Add(group);
            wire.Groups.Add(one);
        }

        return wire;
    }

    private static AttributeConstraint On(string attribute, string predicate)
    {
        var (kind, text) = (predicate.Split(' ')[0], predicate[(predicate.IndexOf(' ') + 1)..]);
        return new()
        {
            Selector = new() { AttributeName = attribute },
            Predicate = kind switch
            {
                "exists" => new Predicate { Exists = new() },
                "not_exists" => new Predicate { NotExists = new() },
                "equals" => new Predicate { TextEquals = new() { Value = text } },
                "not_equals" => new Predicate { TextNotEquals = new() { Value = text } },
                "matches" => new Predicate { TextMatches = new() { Regex = text } },
                _ => new Predicate { TextNotMatches = new() { Regex = text } },
            },
        };
    }
}
