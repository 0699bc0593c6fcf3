using System.Text.Json.Nodes;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Documents.Schemas;
using Tepui.Services.Core.Tests.Documents.Support;

namespace Tepui.Services.Core.Tests.Documents;

public sealed class OpenApiSchemasTests
{
    private static readonly JsonObject Components = OpenApiSchemas.Components();

    [Fact]
    public void Components_EveryReference_IsThere()
    {
        var references = References(Components).ToArray();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(Components.ContainsKey(reference["#/components/schemas/".Length..]), reference));
    }

    [Fact]
    public void Components_App_SaysWhatIsChecked()
    {
        var app = Components["NewApp"]!;

        Assert.Equal(["id"], app["required"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(0.001, (double)app["properties"]!["cpus"]!["minimum"]!);
        Assert.Equal(1, (double)app["properties"]!["cpus"]!["default"]!);
        Assert.Equal(["YOUNGEST_FIRST", "OLDEST_FIRST"], app["properties"]!["killSelection"]!["enum"]!.AsArray().Select(word => (string)word!));
        Assert.True((bool)app["properties"]!["uris"]!["deprecated"]!);
        Assert.Null(Components["AppDefinition"]!["required"]);
    }

    [Fact]
    public void Components_EveryMemberOfAWrittenAppAndPod_IsDescribed()
    {
        var app = JsonNode.Parse(AppDocument.Write(Parse.Taken(AppDocuments.Create(Example.Read("app-every-plain-field").Body, Parse.Context()))))!.AsObject();
        var pod = JsonNode.Parse(PodDocument.Write(Parse.Taken(PodDocuments.Create(Example.Read("pod-secret-persistent").Body, Parse.Context()))))!.AsObject();

        Assert.All(app, member => Assert.True(Components["NewApp"]!["properties"]!.AsObject().ContainsKey(member.Key), member.Key));
        Assert.All(pod, member => Assert.True(Components["Pod"]!["properties"]!.AsObject().ContainsKey(member.Key), member.Key));
    }

    [Fact]
    public void Components_Patterns_EndAsJsonSchemasHaveThem()
    {
        var patterns = Patterns(Components).ToArray();

        Assert.NotEmpty(patterns);
        Assert.All(patterns, pattern => Assert.EndsWith("$", pattern, StringComparison.Ordinal));
        Assert.All(patterns, pattern => Assert.DoesNotContain(@"\z", pattern, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Patterns(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member is { Key: "pattern", Value: JsonValue value } ? [(string)value!] : Patterns(member.Value)),
        JsonArray items => items.SelectMany(Patterns),
        _ => [],
    };

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
