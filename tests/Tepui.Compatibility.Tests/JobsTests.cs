using System.Text.Json.Nodes;
using Tepui.Compatibility.Tests.Documents;
using Tepui.Jobs;

namespace Tepui.Compatibility.Tests;

/// <summary>docs/chronos.md lists what a running jobs scheduler answers.</summary>
public sealed class JobsTests
{
    [Fact]
    public async Task AddressesAndFields_InThePage_AreThoseTheServerHas()
    {
        var directory = Directory.CreateTempSubdirectory("tepui-jobs-").FullName;
        try
        {
            await using var jobs = await JobsHost.StartAsync(new JobsSettings { Masters = ["127.0.0.1:1"], WorkDirectory = directory, Port = 0, Durable = false });
            using var http = new HttpClient { BaseAddress = jobs.Address };
            var document = JsonNode.Parse(await http.GetStringAsync(new Uri("/v1/scheduler/openapi.json", UriKind.Relative)))!;

            Document.Check("chronos.md", "jobs-endpoints", $"| request | | |\n|---|---|---|\n{string.Join('\n', Endpoints(document))}");
            Document.Check("chronos.md", "jobs-fields", $"| field | type | default | |\n|---|---|---|---|\n{string.Join('\n', Fields(document))}");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static IEnumerable<string> Endpoints(JsonNode document) => document["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject().Select(method => (Path: path.Key["/v1/scheduler".Length..], Method: method.Key.ToUpperInvariant(), Operation: method.Value!)))
        .OrderBy(row => row.Path, StringComparer.Ordinal).ThenBy(row => row.Method, StringComparer.Ordinal)
        .Select(row => $"| `{row.Method} {row.Path}` | {Document.Cell((string)row.Operation["summary"]!)} | {Document.Cell((string)row.Operation["x-chronos"]!)} |");

    private static IEnumerable<string> Fields(JsonNode document) => document["components"]!["schemas"]!["Job"]!["properties"]!.AsObject()
        .Select(field => $"| `{field.Key}` | {TypeOf(field.Value!)} | {Document.Cell(field.Value!["default"]?.ToJsonString() ?? "")} | {Document.Cell(Text(field.Key, field.Value!))} |");

    private static string TypeOf(JsonNode field) => field["$ref"] is not null ? "object"
        : field["enum"] is { } words ? string.Join(", ", words.AsArray().Select(word => $"`{word}`"))
        : (string)field["type"]! == "array" ? "list"
        : (string)field["type"]! == "string" ? "text"
        : (string)field["type"]!;

    private static string Text(string name, JsonNode field) => name switch
    {
        "container" => "The container of its tasks.",
        "extras" => "What is known beyond Chronos, with `?extras=true`.",
        _ => (string)field["description"]! + ((bool?)field["readOnly"] == true ? " Only in answers." : ""),
    };
}
