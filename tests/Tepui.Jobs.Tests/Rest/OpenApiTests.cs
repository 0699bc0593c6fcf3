using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tepui.Jobs.Tests.Rest;

public sealed class OpenApiTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Document_NamesExactlyTheRoutesThereAre()
    {
        await using var jobs = await Support.Jobs.StartAsync();

        var document = (await jobs.GetAsync("/v1/scheduler/openapi.json")).Json;
        var help = (await jobs.GetAsync("/help")).Body;

        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => $"{method.Key.ToUpperInvariant()} {path.Key}")).Order(StringComparer.Ordinal).ToList();
        var served = Regex.Matches(help, "<tr><td>(?<method>[A-Z]+)</td><td><code>(?<path>[^<]+)</code>", RegexOptions.ExplicitCapture, Limit).Select(row => $"{row.Groups["method"].Value} {row.Groups["path"].Value}").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(served.Where(route => route.Contains(" /v1/scheduler/", StringComparison.Ordinal)), described);
        Assert.Equal(served.Where(route => route.Contains(" /scheduler/", StringComparison.Ordinal)), described.Select(route => route.Replace(" /v1/", " /", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Document_HasEveryMemberOfAJob_AndNoOther()
    {
        await using var jobs = await Support.Jobs.StartAsync();
        const string rest = "\"name\":\"NAME\",\"container\":{\"image\":\"i\"},\"async\":true,\"epsilon\":\"PT1M\",\"catchUp\":\"all\",\"concurrency\":\"forbid\",\"delivery\":\"atMostOnce\",\"parentTrigger\":\"any\",\"retryBackoff\":{\"initialSeconds\":1},\"notify\":{}";
        Assert.Equal(204, (await jobs.PostAsync("/scheduler/iso8601", $"{{{rest.Replace("NAME", "a", StringComparison.Ordinal)},\"cron\":\"0 8 * * *\"}}")).Code);
        Assert.Equal(204, (await jobs.PostAsync("/scheduler/dependency", $"{{{rest.Replace("NAME", "b", StringComparison.Ordinal)},\"parents\":[\"a\"]}}")).Code);

        var schemas = (await jobs.GetAsync("/scheduler/openapi.json")).Json["components"]!["schemas"]!;
        var written = (await jobs.GetAsync("/scheduler/jobs?extras=true")).Json.AsArray().SelectMany(job => job!.AsObject().Select(member => member.Key)).Distinct(StringComparer.Ordinal);
        var extras = (await jobs.GetAsync("/scheduler/job/a?extras=true")).Json["extras"]!.AsObject().Select(member => member.Key);

        Assert.Equal(Members(schemas["Job"]!), written.Order(StringComparer.Ordinal));
        Assert.Equal(Members(schemas["Extras"]!), extras.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Document_EveryReferenceAndParameterIsThere()
    {
        await using var jobs = await Support.Jobs.StartAsync();

        var document = (await jobs.GetAsync("/scheduler/openapi.json")).Json;

        var schemas = document["components"]!["schemas"]!.AsObject();
        Assert.All(References(document), reference => Assert.True(schemas.ContainsKey(reference["#/components/schemas/".Length..]), reference));
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => (path.Key, Operation: method.Value!))).ToList();
        Assert.All(operations, operation => Assert.NotEmpty((string)operation.Operation["summary"]!));
        Assert.All(operations, operation => Assert.NotEmpty(operation.Operation["responses"]!.AsObject()));
        Assert.Equal(operations.Count, operations.Select(operation => (string)operation.Operation["operationId"]!).Distinct(StringComparer.Ordinal).Count());
        Assert.All(operations, operation => Assert.Equal(
            Regex.Matches(operation.Key, @"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, Limit).Select(name => name.Groups["name"].Value).Order(StringComparer.Ordinal),
            (operation.Operation["parameters"]?.AsArray() ?? []).Where(parameter => (string)parameter!["in"]! == "path").Select(parameter => (string)parameter!["name"]!).Order(StringComparer.Ordinal)));
    }

    private static IEnumerable<string> Members(JsonNode schema) => schema["properties"]!.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal);

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
