using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tepui.Services.Core.Documents.Schemas;

/// <summary>The schemas that documents are checked with, as the components of an OpenAPI 3.1 description: what is described is what is checked.</summary>
public static class OpenApiSchemas
{
    private const string Prefix = "#/components/schemas/";

    /// <summary>All named schemas by name: apps, pods and groups of requests and their parts.</summary>
    public static JsonObject Components()
    {
        var components = new JsonObject();
        foreach (var schema in new[] { AppSchemas.App, AppSchemas.Update, PodSchemas.Pod, GroupSchemas.Update, GroupSchemas.Partial })
        {
            Named(schema, components);
        }

        return components;
    }

    private static JsonObject Named(DocumentSchema schema, JsonObject components)
    {
        if (schema.Name is not { } name)
        {
            return Inline(schema, components);
        }

        // Any with a name stands for a schema that is described elsewhere: groups hold apps and groups.
        if (schema.Type is not SchemaType.Any && !components.ContainsKey(name))
        {
            components[name] = new JsonObject();
            components[name] = Inline(schema, components);
        }

        return new() { ["$ref"] = Prefix + name };
    }

    private static JsonObject Inline(DocumentSchema schema, JsonObject components)
    {
        var result = new JsonObject();
        if (schema.Type is SchemaType.OneOf)
        {
            result["anyOf"] = new JsonArray([.. schema.Alternatives.Select(alternative => Named(alternative, components))]);
        }
        else if (schema.Type is not SchemaType.Any)
        {
            result["type"] = TypeOf(schema.Type);
        }

        Bounds(schema, result);
        switch (schema.Type)
        {
            case SchemaType.List:
                result["items"] = Named(schema.Items!, components);
                break;
            case SchemaType.Map:
                result["additionalProperties"] = Named(schema.Items!, components);
                if (schema.Keys is { } keys)
                {
                    result["propertyNames"] = new JsonObject { ["pattern"] = Published(keys) };
                }

                break;
            case SchemaType.Object:
                Members(schema, result, components);
                break;
        }

        result["description"] = schema.Description;
        return result;
    }

    private static void Members(DocumentSchema schema, JsonObject result, JsonObject components)
    {
        var properties = new JsonObject();
        foreach (var field in schema.Fields)
        {
            var property = Named(field.Schema, components);
            if (field.IsLegacy)
            {
                property["deprecated"] = true;
            }

            if (field.IsReadOnly)
            {
                property["readOnly"] = true;
            }

            properties[field.Name] = property;
        }

        result["properties"] = properties;
        if (schema.Fields.Any(field => field.IsRequired))
        {
            result["required"] = new JsonArray([.. schema.Fields.Where(field => field.IsRequired).Select(field => JsonValue.Create(field.Name))]);
        }
    }

    private static void Bounds(DocumentSchema schema, JsonObject result)
    {
        var isList = schema.Type is SchemaType.List;
        Set(result, "minimum", schema.Minimum is { } least ? JsonValue.Create(least) : null);
        Set(result, "maximum", schema.Maximum is { } most ? JsonValue.Create(most) : null);
        Set(result, isList ? "minItems" : "minLength", schema.MinLength is { } shortest ? JsonValue.Create(shortest) : null);
        Set(result, isList ? "maxItems" : "maxLength", schema.MaxLength is { } longest ? JsonValue.Create(longest) : null);
        Set(result, "pattern", schema.Pattern is { } pattern ? JsonValue.Create(Published(pattern)) : null);
        Set(result, "enum", schema.Values.Count > 0 ? new JsonArray([.. schema.Values.Select(value => JsonValue.Create(value))]) : null);
        Set(result, "default", schema.Default is { } standard ? JsonNode.Parse(standard) : null);
        Set(result, "format", schema.Type is SchemaType.Timestamp ? JsonValue.Create("date-time") : null);
    }

    // JSON schemas have the expressions of ECMAScript, where only a dollar sign stands for the very end.
    private static string Published(Regex pattern) => pattern.ToString() is var text && text.EndsWith(@"\z", StringComparison.Ordinal) ? $"{text[..^2]}$" : text;

    private static void Set(JsonObject result, string name, JsonNode? value)
    {
        if (value is not null)
        {
            result[name] = value;
        }
    }

    private static string TypeOf(SchemaType type) => type switch
    {
        SchemaType.Number => "number",
        SchemaType.Integer => "integer",
        SchemaType.Boolean => "boolean",
        SchemaType.List => "array",
        SchemaType.Object or SchemaType.Map => "object",
        _ => "string",
    };
}
