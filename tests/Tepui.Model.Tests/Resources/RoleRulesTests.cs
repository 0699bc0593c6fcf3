using Tepui.Model.Resources;

namespace Tepui.Model.Tests.Resources;

public sealed class RoleRulesTests
{
    [Theory]
    [InlineData("/a", "Role '/a' cannot start with a slash")]
    [InlineData("a/", "Role 'a/' cannot end with a slash")]
    [InlineData("a//b", "Role 'a//b' cannot contain two adjacent slashes")]
    [InlineData(".", "Role '.' cannot include '.' as a component")]
    [InlineData("a/..", "Role 'a/..' cannot include '..' as a component")]
    [InlineData("a/*", "Role 'a/*' cannot include '*' as a component")]
    [InlineData("a/-b", "Role component '-b' is invalid because it begins with a dash")]
    [InlineData("a b", "Role component 'a b' is invalid because it contains backspace or whitespace")]
    [InlineData("a\x7f", "Role component 'a\x7f' is invalid because it contains backspace or whitespace")]
    [InlineData("", "Empty role name is invalid")]
    public void Problem_OfABadRole_SaysWhatIsWrong(string role, string problem) => Assert.Equal(problem, RoleRules.Problem(role));

    [Theory]
    [InlineData("*")]
    [InlineData("a")]
    [InlineData("a/b/c")]
    [InlineData("a-b/c.d")]
    [InlineData("a\bb")]
    [InlineData("rôle")]
    public void Problem_OfAGoodRole_IsNone(string role) => Assert.Null(RoleRules.Problem(role));

    [Fact]
    public void Roles_FormATree()
    {
        Assert.True(Roles.IsStrictSubrole("a/b", "a"));
        Assert.True(Roles.IsStrictSubrole("a/b/c", "a"));
        Assert.False(Roles.IsStrictSubrole("a", "a"));
        Assert.False(Roles.IsStrictSubrole("ab", "a"));
        Assert.False(Roles.IsStrictSubrole("a", "*"));
        Assert.Equal(["a/b", "a"], Roles.Ancestors("a/b/c"));
        Assert.Empty(Roles.Ancestors("a"));
        Assert.Equal("a", Roles.Top("a/b/c"));
        Assert.Equal("a", Roles.Top("a"));
    }
}
