using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tepui.Services.Core.Documents.Schemas;

/// <summary>Compares a document with a schema. Members that the schema does not know are passed over; null is the same as absent; words of a fixed list may be written in any case.</summary>
internal static class SchemaChecker
{
    /// <summary>Reports everything about <paramref name="node"/> that breaks <paramref name="schema"/>, with the token clients know.</summary>
    /// <param name="node">Part of a document; not null.</param>
    /// <param name="schema">What it must look like.</param>
    /// <param name="path">Where it stands; empty for the document itself.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public static void Check(JsonNode? node, DocumentSchema schema, string path, Problems problems)
    {
        switch (schema.Type)
        {
            case SchemaType.Text: CheckText(node, schema, path, problems); break;
            case SchemaType.Number or SchemaType.Integer: CheckNumber(node, schema, path, problems); break;
            case SchemaType.Boolean when Kind(node) is not (JsonValueKind.True or JsonValueKind.False): problems.Add(path, Expected(schema)); break;
            case SchemaType.Timestamp when Kind(node) is not JsonValueKind.String || !Json.TryReadTime(node!, out _): problems.Add(path, Expected(schema)); break;
            case SchemaType.List: CheckList(node, schema, path, problems); break;
            case SchemaType.Object: CheckObject(node, schema, path, problems); break;
            case SchemaType.Map: CheckMap(node, schema, path, problems); break;
            case SchemaType.OneOf: CheckOneOf(node, schema, path, problems); break;
            default: break;
        }
    }

    /// <summary>The alternative that a value is meant to be; <see langword="null"/> when it is none of them.</summary>
    public static DocumentSchema? Choose(JsonNode? node, DocumentSchema schema)
    {
        var fitting = schema.Alternatives.Where(alternative => Takes(alternative, node)).ToArray();
        var members = node as JsonObject;
        return fitting.FirstOrDefault(alternative => alternative.Marker is { } marker && members?[marker] is not null)
            ?? fitting.FirstOrDefault(alternative => alternative.Marker is null);
    }

    private static void CheckText(JsonNode? node, DocumentSchema schema, string path, Problems problems)
    {
        if (Kind(node) is not JsonValueKind.String)
        {
            problems.Add(path, Expected(schema));
            return;
        }

        var text = node!.GetValue<string>();
        if (schema.Values.Count > 0 && !schema.Values.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            problems.Add(path, "error.unknown.enum.literal");
        }

        if (text.Length < schema.MinLength)
        {
            problems.Add(path, "error.minLength");
        }
        else if (text.Length > schema.MaxLength)
        {
            problems.Add(path, "error.maxLength");
        }
        else if (schema.Pattern is { } pattern && !pattern.IsMatch(text))
        {
            problems.Add(path, "error.pattern");
        }
    }

    private static void CheckNumber(JsonNode? node, DocumentSchema schema, string path, Problems problems)
    {
        var number = Kind(node) is JsonValueKind.Number ? Json.Number(node!) : double.NaN;
        if (!double.IsFinite(number))
        {
            problems.Add(path, "error.expected.jsnumber");
        }
        else if (schema.Type is SchemaType.Integer && (number != Math.Truncate(number) || number is < int.MinValue or > int.MaxValue))
        {
            problems.Add(path, "error.expected.int");
        }
        else if (number < schema.Minimum)
        {
            problems.Add(path, "error.min");
        }
        else if (number > schema.Maximum)
        {
            problems.Add(path, "error.max");
        }
    }

    private static void CheckList(JsonNode? node, DocumentSchema schema, string path, Problems problems)
    {
        if (node is not JsonArray list)
        {
            problems.Add(path, Expected(schema));
            return;
        }

        if (list.Count < schema.MinLength)
        {
            problems.Add(path, "error.minLength");
        }

        for (var index = 0; index < list.Count; index++)
        {
            Check(list[index], schema.Items!, $"{path}({index})", problems);
        }
    }

    private static void CheckObject(JsonNode? node, DocumentSchema schema, string path, Problems problems)
    {
        if (node is not JsonObject members)
        {
            problems.Add(path, Expected(schema));
            return;
        }

        foreach (var field in schema.Fields)
        {
            if (members[field.Name] is { } member)
            {
                Check(member, field.Schema, $"{path}/{field.Name}", problems);
            }
            else if (field.IsRequired)
            {
                problems.Add($"{path}/{field.Name}", "error.path.missing");
            }
        }
    }

    private static void CheckMap(JsonNode? node, DocumentSchema schema, string path, Problems problems)
    {
        if (node is not JsonObject members)
        {
            problems.Add(path, Expected(schema));
            return;
        }

        foreach (var (name, value) in members)
        {
            if (schema.Keys?.IsMatch(name) is false)
            {
                problems.Add($"{path}/{name}", "error.pattern");
            }

            if (value is not null)
            {
                Check(value, schema.Items!, $"{path}/{name}", problems);
            }
        }
    }

    private static void CheckOneOf(JsonNode? node, DocumentSchema schema, string path, Problems problems)
    {
        if (Choose(node, schema) is { } chosen)
        {
            Check(node, chosen, path, problems);
            return;
        }

        foreach (var token in schema.Alternatives.Select(Expected).Distinct(StringComparer.Ordinal))
        {
            problems.Add(path, token);
        }
    }

    private static bool Takes(DocumentSchema schema, JsonNode? node) => schema.Type switch
    {
        SchemaType.Any => true,
        SchemaType.Text or SchemaType.Timestamp => Kind(node) is JsonValueKind.String,
        SchemaType.Number or SchemaType.Integer => Kind(node) is JsonValueKind.Number,
        SchemaType.Boolean => Kind(node) is JsonValueKind.True or JsonValueKind.False,
        SchemaType.List => node is JsonArray,
        SchemaType.Object or SchemaType.Map => node is JsonObject,
        _ => schema.Alternatives.Any(alternative => Takes(alternative, node)),
    };

    private static JsonValueKind Kind(JsonNode? node) => node?.GetValueKind() ?? JsonValueKind.Null;

    private static string Expected(DocumentSchema schema) => schema.Type switch
    {
        SchemaType.Text => "error.expected.jsstring",
        SchemaType.Number or SchemaType.Integer => "error.expected.jsnumber",
        SchemaType.Boolean => "error.expected.jsboolean",
        SchemaType.Timestamp => "error.expected.date.isoformat",
        SchemaType.List => "error.expected.jsarray",
        _ => "error.expected.jsobject",
    };
}
