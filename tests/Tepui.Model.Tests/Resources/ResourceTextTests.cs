using Tepui.Model.Resources;

namespace Tepui.Model.Tests.Resources;

public sealed class ResourceTextTests
{
    [Theory]
    [InlineData("cpus:8;mem:8192;disk:20000;ports:[31000-32000]", "*", "cpus:8; mem:8192; disk:20000; ports:[31000-32000]")]
    [InlineData(" cpus : 1 ;\n mem(ops): 32 ; ", "*", "cpus:1; mem(reservations: [(STATIC,ops)]):32")]
    [InlineData("cpus:1;mem(*):32", "web/a", "cpus(reservations: [(STATIC,web/a)]):1; mem:32")]
    [InlineData("ports:[5-9, 1-2,3-4];zones:{b,a}", "*", "ports:[1-9]; zones:{a, b}")]
    [InlineData("cpus:1;cpus:0.5;cpus(a):1", "*", "cpus:1.5; cpus(reservations: [(STATIC,a)]):1")]
    [InlineData("cpus:0;mem:1", "*", "mem:1")]
    [InlineData("", "*", "{}")]
    [InlineData("[]", "*", "{}")]
    [InlineData("""[{"name":"cpus","type":"SCALAR","scalar":{"value":2}},{"name":"disk","type":"SCALAR","scalar":{"value":10},"role":"ops","disk":{"source":{"type":"MOUNT","mount":{"root":"/mnt/a"}}}}]""", "*", "cpus:2; disk(reservations: [(STATIC,ops)])[MOUNT:/mnt/a]:10")]
    [InlineData("""[{"name":"ports","type":"RANGES","ranges":{"range":[{"begin":1,"end":2}]}}]""", "web", "ports(reservations: [(STATIC,web)]):[1-2]")]
    public void TryParse_OfGoodText_GivesTheResources(string text, string role, string printed)
    {
        Assert.True(ResourceText.TryParse(text, role, out var resources, out var problem), problem);
        Assert.Equal(printed, resources.ToString());
    }

    [Theory]
    [InlineData("cpus", "missing or extra ':' in 'cpus'")]
    [InlineData("cpus:1:2", "missing or extra ':' in 'cpus:1:2'")]
    [InlineData("cpus:", "a value is missing")]
    [InlineData("cpus(a:1", "mismatched parentheses in 'cpus(a:1'")]
    [InlineData("cpus)a(:1", "mismatched parentheses")]
    [InlineData("cpus(/a):1", "Role '/a' cannot start with a slash")]
    [InlineData("cpus:-1", "value <= 0")]
    [InlineData("cpus:nan", "is not a")]
    [InlineData("cpus:1e-320", "is not a finite number")]
    [InlineData("cpus:Infinity", "is not a finite number")]
    [InlineData("cpus:many", "'many' is not a number")]
    [InlineData("ports:[1-2", "lacks the closing ']'")]
    [InlineData("ports:1-2]", "unbalanced brackets")]
    [InlineData("ports:[1]", "'1' is not a range")]
    [InlineData("ports:[9-1]", "begin > end")]
    [InlineData("ports:[1-5,5-9]", "overlapping")]
    [InlineData("zones:{a,,b}", "empty element")]
    [InlineData("zones:{a,a}", "duplicated")]
    [InlineData("cpus:1;cpus:[1-2]", "different types")]
    [InlineData(":1", "Empty resource name")]
    [InlineData("[{\"name\":\"cpus\"}]", "needs 'name' and 'type'")]
    [InlineData("[{\"name\":\"cpus\",\"type\":\"BIG\"}]", "not a JSON array of resources")]
    [InlineData("[1]", "not a JSON array of resources")]
    [InlineData("[{", "not a JSON array of resources")]
    [InlineData("[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1},\"revocable\":{}}]", "cannot be revocable")]
    [InlineData("[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1},\"role\":\"a\",\"reservation\":{}}]", "cannot be dynamically reserved")]
    [InlineData("[{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1},\"disk\":{\"persistence\":{\"id\":\"v\"}}}]", "cannot be a persistent volume")]
    public void TryParse_OfBadText_SaysWhatIsWrong(string text, string problem)
    {
        Assert.False(ResourceText.TryParse(text, "*", out var resources, out var found));
        Assert.Contains(problem, found, StringComparison.Ordinal);
        Assert.True(resources.IsEmpty);
    }

    [Fact]
    public void TryParse_WithABadDefaultRole_SaysSo()
    {
        Assert.False(ResourceText.TryParse("cpus:1", "a/", out _, out var problem));
        Assert.Equal("Role 'a/' cannot end with a slash", problem);
    }

    [Fact]
    public void TryParse_OfDeepJson_AnswersInsteadOfFalling()
    {
        Assert.False(ResourceText.TryParse(new string('[', 100_000), "*", out _, out var problem));
        Assert.Contains("not a JSON array of resources", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParseWire_OfZero_KeepsIt()
    {
        Assert.True(ResourceText.TryParseWire("gpus:0;cpus:1", "*", out var wire, out _));
        Assert.Equal(["gpus", "cpus"], wire.Select(r => r.Name));
    }
}
