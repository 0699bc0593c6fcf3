using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tepui.Services.Tests.Rest;

public sealed class OpenApiTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Document_NamesExactlyTheRoutesThereAre()
    {
        await using var services = await Support.Services.StartAsync();

        var document = (await services.GetAsync("/v2/openapi.json")).Json;
        var help = (await services.GetAsync("/help")).Body;

        var described = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(method => $"{method.Key.ToUpperInvariant()} {path.Key}"))
            .Order(StringComparer.Ordinal);
        var served = Regex.Matches(help, "<tr><td>(?<method>[A-Z]+)</td><td><code>(?<path>[^<]+)</code>", RegexOptions.ExplicitCapture, Limit).Select(row => $"{row.Groups["method"].Value} {row.Groups["path"].Value}").Order(StringComparer.Ordinal);
        Assert.Equal(served, described);
    }

    [Fact]
    public async Task Document_EveryReferenceAndParameterIsThere()
    {
        await using var services = await Support.Services.StartAsync();

        var document = (await services.GetAsync("/v2/openapi.json")).Json;

        var schemas = document["components"]!["schemas"]!.AsObject();
        foreach (var reference in References(document))
        {
            Assert.True(schemas.ContainsKey(reference["#/components/schemas/".Length..]), reference);
        }

        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => (path.Key, Operation: method.Value!))).ToList();
        Assert.All(operations, operation => Assert.NotEmpty((string)operation.Operation["summary"]!));
        Assert.All(operations, operation => Assert.NotEmpty(operation.Operation["responses"]!.AsObject()));
        Assert.Equal(operations.Count, operations.Select(operation => (string)operation.Operation["operationId"]!).Distinct(StringComparer.Ordinal).Count());
        Assert.All(operations, operation => Assert.Equal(
            Regex.Matches(operation.Key, @"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, Limit).Select(name => name.Groups["name"].Value).Order(StringComparer.Ordinal),
            (operation.Operation["parameters"]?.AsArray() ?? []).Where(parameter => (string)parameter!["in"]! == "path").Select(parameter => (string)parameter!["name"]!).Order(StringComparer.Ordinal)));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
