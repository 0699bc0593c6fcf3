using System.Text.Json;
using System.Text.Json.Nodes;
using Tepui.Services.Core.Documents.Schemas;

namespace Tepui.Services.Rest;

/// <summary>The description of the API: routes and answers are kept as a file beside this one, which a test compares with the routes; the documents of requests are those that requests are checked with.</summary>
internal static class OpenApiDocument
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The document.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("Tepui.Services.openapi.json")!;
        using var reader = new StreamReader(stream);
        var document = JsonNode.Parse(reader.ReadToEnd())!;
        var schemas = document["components"]!["schemas"]!.AsObject();
        foreach (var (name, schema) in OpenApiSchemas.Components())
        {
            schemas[name] = schema!.DeepClone();
        }

        return document.ToJsonString(Indented);
    }
}
