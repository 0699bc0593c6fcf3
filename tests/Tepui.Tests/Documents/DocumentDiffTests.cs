using System.Text.Json.Nodes;
using Tepui.Documents;

namespace Tepui.Tests.Documents;

public sealed class DocumentDiffTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2}""", """{"b":2,"a":1.0}""", "")]
    [InlineData("""{"cpus":0.1}""", """{"cpus":0.2}""", "/cpus 0.1>0.2")]
    [InlineData("""{"env":{"A":"1"}}""", """{"env":{"A":"1","B":"2"}}""", "/env/B ->\"2\"")]
    [InlineData("""{"labels":{"a":"b"}}""", """{}""", "/labels {\"a\":\"b\"}>-")]
    [InlineData("""{"args":["a","b"]}""", """{"args":["a"]}""", "/args [\"a\",\"b\"]>[\"a\"]")]
    [InlineData("""{"checks":[{"p":1},{"p":2}]}""", """{"checks":[{"p":1},{"p":3}]}""", "/checks(1)/p 2>3")]
    [InlineData("""{"checks":[{"p":1}]}""", """{"checks":[{"p":1},{"p":3}]}""", "/checks(1) ->{\"p\":3}")]
    public void Between_TwoDocuments_NamesWhatDiffers(string from, string to, string expected)
    {
        var changes = DocumentDiff.Between(JsonNode.Parse(from), JsonNode.Parse(to));

        Assert.Equal(expected, string.Join("; ", changes.Select(change => $"{change.Path} {ChangeTable.Cell(change.From)}>{ChangeTable.Cell(change.To)}")));
    }

    [Fact]
    public void Stated_FieldsLeftOut_DoNotCount()
    {
        var changes = DocumentDiff.Stated(JsonNode.Parse("""{"a":1,"b":{"c":2,"d":3}}"""), JsonNode.Parse("""{"b":{"c":4}}"""));

        Assert.Equal("/b/c", Assert.Single(changes).Path);
    }

    [Fact]
    public void Definition_OfAnAnswer_LeavesOutHowItIsDoing()
    {
        var app = JsonNode.Parse("""{"id":"/a","cpus":1,"tasksRunning":2,"version":"v","versionInfo":{},"tasks":[],"crashLoop":{}}""")!.AsObject();

        Assert.Equal("""{"id":"/a","cpus":1}""", AppFields.Definition(app).ToJsonString());
    }
}
