using System.Text.Json.Nodes;
using Tepui.Documents;

namespace Tepui.Tests.Documents;

public sealed class YamlDocumentsTests
{
    [Theory]
    [InlineData("8080", "8080")]
    [InlineData("-3", "-3")]
    [InlineData("0.25", "0.25")]
    [InlineData("1e3", "1000")]
    [InlineData("0x1F", "31")]
    [InlineData("0o17", "15")]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("~", "null")]
    [InlineData("null", "null")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("on", "\"on\"")]
    [InlineData("\"8080\"", "\"8080\"")]
    [InlineData("'true'", "\"true\"")]
    [InlineData("1.27.0", "\"1.27.0\"")]
    [InlineData("2031-02-03", "\"2031-02-03\"")]
    [InlineData("123456789012345678901", "123456789012345678901")]
    [InlineData("!!str 8080", "\"8080\"")]
    [InlineData("[1, a, true]", "[1,\"a\",true]")]
    public void Value_Written_HasTheTypeOfTheCoreSchema(string yaml, string json)
    {
        var document = Assert.Single(DocumentText.Parse("a.yaml", $"v: {yaml}\n"));

        Assert.Equal($"{{\"v\":{json}}}", document.Json.ToJsonString());
    }

    [Fact]
    public void Documents_Several_AllAreReadWithTheirPlaces()
    {
        var documents = DocumentText.Parse("stack.yaml", "id: /a\ncmd: x\n---\n---\nid: /b\n");

        Assert.Equal(["stack.yaml:1", "stack.yaml:5"], documents.Select(document => document.Origin));
        Assert.Equal(["/a", "/b"], documents.Select(document => document.Json["id"]!.GetValue<string>()));
    }

    [Fact]
    public void Merge_Key_FillsWhatIsNotSaid()
    {
        var documents = DocumentText.Parse("a.yaml", "base: &base {cpus: 0.1, mem: 32}\nweb:\n  <<: *base\n  mem: 64\n");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"mem":64,"cpus":0.1}"""), Assert.Single(documents).Json["web"]));
    }

    [Fact]
    public void Block_Text_KeepsItsLines()
    {
        var documents = DocumentText.Parse("a.yaml", "cmd: |\n  one\n  two\n");

        Assert.Equal("one\ntwo\n", Assert.Single(documents).Json["cmd"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("a: [1, 2\nb: 3\n", "a.yaml:")]
    [InlineData("id: /a\nargs: [x\n", "a.yaml:3:1")]
    [InlineData("id: /a\n\tcmd: x\n", "a.yaml:2:1")]
    [InlineData("id: /a\nid: /b\n", "a.yaml:2:1")]
    [InlineData("cpus: .inf\n", "a.yaml:1:7")]
    [InlineData("cpus: !!int abc\n", "a.yaml:1:7")]
    [InlineData("cpus: !!int \"5\\n\"\n", "a.yaml:1:7")]
    [InlineData("x: !mine 1\n", "a.yaml:1:4")]
    [InlineData("? [a]\n: b\n", "a.yaml:1:3")]
    [InlineData("x: *nosuch\n", "a.yaml:1:4")]
    public void Problem_Any_NamesFileLineAndColumn(string yaml, string place)
    {
        var problem = Assert.Throws<DocumentException>(() => DocumentText.Parse("a.yaml", yaml));

        Assert.StartsWith(place, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_OfAliases_AreBounded()
    {
        var lines = new List<string> { "a0: &a0 [x, x, x, x, x, x, x, x, x, x]" };
        for (var level = 1; level < 12; level++)
        {
            lines.Add($"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]");
        }

        var problem = Assert.Throws<DocumentException>(() => DocumentText.Parse("a.yaml", string.Join('\n', lines)));

        Assert.Contains("1000000", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_Broken_NamesFileLineAndColumn()
    {
        var problem = Assert.Throws<DocumentException>(() => DocumentText.Parse("web.json", "{\n  \"id\": \"/a\",\n  \"cpus\": x\n}"));

        Assert.StartsWith("web.json:3:", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"id\": \"/a\"}")]
    [InlineData("id: /a")]
    public void Stdin_EitherLanguage_IsToldApart(string text) =>
        Assert.Equal("/a", Assert.Single(DocumentText.Parse("stdin", text)).Json["id"]!.GetValue<string>());
}
