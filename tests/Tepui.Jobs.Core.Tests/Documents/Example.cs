using System.Text.Json.Nodes;

namespace Tepui.Jobs.Core.Tests.Documents;

/// <summary>A request and its answer, kept in tests/Captures/jobs-examples.</summary>
internal sealed record Example(string Request, int Status, string Text)
{
    private static readonly string Root = Find();

    public static IEnumerable<string> Names() => Directory.GetFiles(Root, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    public static Example Read(string name)
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(Root, name + ".json")))!;
        return new((string)file["request"]!, (int)file["status"]!, file["text"] is { } text ? (string)text! : file["body"]!.ToJsonString());
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var root = Path.Combine(folder.FullName, "tests", "Captures", "jobs-examples");
            if (Directory.Exists(root))
            {
                return root;
            }
        }

        throw new DirectoryNotFoundException($"No folder tests/Captures/jobs-examples above {AppContext.BaseDirectory}.");
    }
}
