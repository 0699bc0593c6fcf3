using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tepui.Documents;

/// <summary>Reads the documents of a text: JSON, or YAML with one document or several.</summary>
internal static class DocumentText
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = false, AllowDuplicateProperties = false };

    /// <summary>The documents; none when the text holds nothing.</summary>
    /// <param name="name">Name of the file, for messages; its ending says which language it is. Without one, the first character does.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="DocumentException">The text is neither.</exception>
    public static IReadOnlyList<SourceDocument> Parse(string name, string text) => IsJson(name, text) ? [ParseJson(name, text)] : YamlDocuments.Parse(name, text);

    private static bool IsJson(string name, string text) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".json" => true,
        ".yaml" or ".yml" => false,
        _ => text.AsSpan().TrimStart() is ['{' or '[', ..],
    };

    private static SourceDocument ParseJson(string name, string text)
    {
        try
        {
            var json = JsonNode.Parse(text, documentOptions: Options) ?? throw new DocumentException($"{name}:1:1", "the document is null");
            return new(name, json);
        }
        catch (JsonException problem)
        {
            var reason = problem.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
            throw new DocumentException($"{name}:{(problem.LineNumber ?? 0) + 1}:{(problem.BytePositionInLine ?? 0) + 1}", $"this is no JSON: {reason}");
        }
    }
}
