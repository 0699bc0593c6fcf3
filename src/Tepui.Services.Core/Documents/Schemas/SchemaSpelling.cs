using System.Text.Json.Nodes;

namespace Tepui.Services.Core.Documents.Schemas;

/// <summary>Gives words of fixed lists the spelling of the schema: clients write <c>docker</c> and <c>http</c> too.</summary>
internal static class SchemaSpelling
{
    /// <summary>Rewrites the words of a document of the right shape.</summary>
    public static void Normalise(JsonNode? node, DocumentSchema schema)
    {
        switch (schema.Type)
        {
            case SchemaType.Text when schema.Values.Count > 0:
                Word((JsonValue)node!, schema);
                break;
            case SchemaType.Object when node is JsonObject members:
                foreach (var field in schema.Fields.Where(field => members[field.Name] is not null))
                {
                    Normalise(members[field.Name], field.Schema);
                }

                break;
            case SchemaType.Map when node is JsonObject map:
                foreach (var name in map.Select(member => member.Key).ToArray())
                {
                    Normalise(map[name], schema.Items!);
                }

                break;
            case SchemaType.List when node is JsonArray items:
                for (var index = 0; index < items.Count; index++)
                {
                    Normalise(items[index], schema.Items!);
                }

                break;
            case SchemaType.OneOf when SchemaChecker.Choose(node, schema) is { } chosen:
                Normalise(node, chosen);
                break;
        }
    }

    private static void Word(JsonValue value, DocumentSchema schema)
    {
        var text = value.GetValue<string>();
        var spelling = schema.Values.First(each => each.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (spelling != text)
        {
            value.ReplaceWith(spelling);
        }
    }
}
