using System.Text.Json.Nodes;

namespace Tepui.Services.Core.Tests.Documents.Support;

/// <summary>A request and what is answered, kept in tests/Captures/services-examples.</summary>
internal sealed record Example(string Request, int Status, string? Message, IReadOnlyList<string> Errors, IReadOnlySet<string> Features, JsonNode Body)
{
    private static readonly string Root = Find();

    public static IEnumerable<string> Names(string request) => Directory.GetFiles(Root, "*.json")
        .Select(file => Path.GetFileNameWithoutExtension(file)!)
        .Where(name => Read(name).Request == request)
        .Order(StringComparer.Ordinal);

    public static Example Read(string name)
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(Root, name + ".json")))!.AsObject();
        return new(
            file["request"]!.GetValue<string>(),
            file["status"]!.GetValue<int>(),
            file["message"]?.GetValue<string>(),
            [.. file["errors"]?.AsArray().Select(error => error!.GetValue<string>()) ?? []],
            new HashSet<string>(file["features"]?.AsArray().Select(feature => feature!.GetValue<string>()) ?? [], StringComparer.Ordinal),
            file["body"]!);
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
