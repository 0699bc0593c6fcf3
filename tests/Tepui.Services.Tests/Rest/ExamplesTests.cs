using System.Text.Json.Nodes;

namespace Tepui.Services.Tests.Rest;

/// <summary>The requests of tests/Captures/services-examples over HTTP: status, message and places of the answer.</summary>
public sealed class ExamplesTests
{
    private static readonly string Root = Find();

    [Fact]
    public async Task Requests_OfTheExamples_AreAnsweredAsTheySay()
    {
        await using var services = await Support.Services.StartAsync(settings => settings with { Core = settings.Core with { Features = new HashSet<string>(["secrets", "gpu_resources", "external_volumes"], StringComparer.Ordinal) } });
        var names = Directory.GetFiles(Root, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal).ToArray();

        // Those that change what others made come after them.
        foreach (var name in names.OrderBy(name => name.Contains("-update-", StringComparison.Ordinal) || name is "apps-bulk" or "group-dry-run" or "group-patch-role" or "bad-version-mix"))
        {
            var example = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Root, name + ".json")))!;
            var (method, path) = ((string)example["request"]!).Split(' ') is [var verb, var address] ? (verb, address) : default;
            var body = name == "app-update-rollback" || name == "group-update-version" ? await VersionAsync(services, path!) : example["body"]!;

            // Without a master deployments stay under way and hold their locks.
            var separator = path!.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var answer = await services.SendAsync(new(method!), $"{path}{separator}force=true", body.ToJsonString());

            Assert.True((int)example["status"]! == answer.Code, $"{name}: {answer.Code} {answer.Body}");
            if (example["message"] is { } message)
            {
                Assert.Equal((string)message!, (string)answer.Json["message"]!);
            }

            var places = answer.Code == 422 ? answer.Json["details"]!.AsArray().Select(detail => (string)detail!["path"]!).ToArray() : [];
            Assert.All(example["errors"]?.AsArray() ?? [], error => Assert.True((string)error! == "any" || places.Contains(((string)error!).Split(" (")[0], StringComparer.Ordinal), $"{name}: {answer.Body}"));
        }
    }

    private static async Task<JsonNode> VersionAsync(Support.Services services, string path)
    {
        var versions = (await services.GetAsync($"{path}/versions")).Json;
        return new JsonObject { ["version"] = (string)(versions as JsonArray ?? versions["versions"]!.AsArray())[0]! };
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var root = Path.Combine(folder.FullName, "tests", "Captures", "services-examples");
            if (Directory.Exists(root))
            {
                return root;
            }
        }

        throw new DirectoryNotFoundException($"No folder tests/Captures/services-examples above {AppContext.BaseDirectory}.");
    }
}
