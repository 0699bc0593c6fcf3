using System.Text.Json.Nodes;
using Tepui.Compatibility.Tests.Documents;
using Tepui.Services;

namespace Tepui.Compatibility.Tests;

/// <summary>docs/marathon.md lists what a running services scheduler answers.</summary>
public sealed class ServicesTests
{
    [Fact]
    public async Task Addresses_InThePage_AreThoseTheServerHas()
    {
        var directory = Directory.CreateTempSubdirectory("tepui-services-").FullName;
        try
        {
            await using var services = await ServicesHost.StartAsync(new ServicesSettings { Masters = ["127.0.0.1:1"], WorkDirectory = directory, Port = 0, Durable = false });
            using var http = new HttpClient { BaseAddress = services.Address };
            var document = JsonNode.Parse(await http.GetStringAsync(new Uri("/v2/openapi.json", UriKind.Relative)))!;
            var rows = document["paths"]!.AsObject()
                .SelectMany(path => path.Value!.AsObject().Select(method => (Path: path.Key, Method: method.Key.ToUpperInvariant(), Summary: (string)method.Value!["summary"]!)))
                .OrderBy(row => row.Path, StringComparer.Ordinal).ThenBy(row => row.Method, StringComparer.Ordinal)
                .Select(row => $"| `{row.Method} {row.Path}` | {row.Summary.Replace("|", "\\|", StringComparison.Ordinal)} |");

            Document.Check("marathon.md", "services-endpoints", $"| request | |\n|---|---|\n{string.Join('\n', rows)}");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
