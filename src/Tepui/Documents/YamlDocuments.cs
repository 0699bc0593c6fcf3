using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Tepui.Documents;

/// <summary>YAML as JSON: mappings, lists and scalars with the types of YAML 1.2's core schema. Anchors, aliases and merge keys are followed.</summary>
internal static class YamlDocuments
{
    private const int DepthMax = 64;

    /// <summary>Aliases of aliases can stand for more than any machine holds.</summary>
    private const int NodesMax = 1_000_000;

    /// <summary>All documents of a text that are not empty.</summary>
    /// <exception cref="DocumentException">The text is no YAML, or says what JSON cannot.</exception>
    public static IReadOnlyList<SourceDocument> Parse(string name, string text)
    {
        CheckSyntax(name, text);
        var stream = new YamlStream();
        try
        {
            using var reader = new StringReader(text);
            stream.Load(reader);
        }
        catch (YamlException problem)
        {
            throw new DocumentException(Place(name, problem.Start), problem.Message);
        }

        var left = NodesMax;
        return
        [
            .. stream.Documents
                .Where(document => document.RootNode is not YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" })
                .Select(document => new SourceDocument(
                    $"{name}:{document.RootNode.Start.Line}",
                    Convert(name, document.RootNode, 0, ref left) ?? throw new DocumentException(Place(name, document.RootNode.Start), "the document is null"))),
        ];
    }

    /// <summary>Reads the events of the text alone: they tell places that the library loses later.</summary>
    private static void CheckSyntax(string name, string text)
    {
        var at = Mark.Empty;
        var anchors = new HashSet<AnchorName>();
        try
        {
            using var reader = new StringReader(text);
            for (var parser = new Parser(reader); parser.MoveNext(); at = parser.Current!.End)
            {
                if (parser.Current is AnchorAlias alias && !anchors.Contains(alias.Value))
                {
                    throw new DocumentException(Place(name, alias.Start), $"the alias *{alias.Value} stands for nothing: no &{alias.Value} is above it");
                }

                if (parser.Current is NodeEvent { Anchor: { IsEmpty: false } anchor })
                {
                    anchors.Add(anchor);
                }
            }
        }
        catch (YamlException problem)
        {
            throw new DocumentException(Place(name, problem.End), $"this is no YAML: {problem.Message}");
        }
        catch (InvalidOperationException)
        {
            // The library's scanner gives up in this way where a bracket is not closed.
            throw new DocumentException(Place(name, at), "this is no YAML from here on: a bracket or a brace may not be closed");
        }
    }

    private static JsonNode? Convert(string name, YamlNode node, int depth, ref int left)
    {
        if (depth > DepthMax || --left < 0)
        {
            throw new DocumentException(Place(name, node.Start), depth > DepthMax ? $"nested deeper than {DepthMax} levels" : $"more than {NodesMax} values, aliases counted as what they stand for");
        }

        switch (node)
        {
            case YamlScalarNode scalar:
                return YamlScalars.Value(scalar, out var problem) is var value && problem is null ? value : throw new DocumentException(Place(name, node.Start), problem!);
            case YamlSequenceNode list:
                var items = new JsonArray();
                foreach (var item in list.Children)
                {
                    items.Add(Convert(name, item, depth + 1, ref left));
                }

                return items;
            case YamlMappingNode mapping:
                return ConvertMapping(name, mapping, depth, ref left);
            default:
                throw new DocumentException(Place(name, node.Start), $"a {node.NodeType} has no meaning here");
        }
    }

    private static JsonObject ConvertMapping(string name, YamlMappingNode mapping, int depth, ref int left)
    {
        var fields = new JsonObject();
        var merged = new List<JsonObject>();
        foreach (var (keyNode, valueNode) in mapping.Children)
        {
            if (keyNode is not YamlScalarNode { Value: { } key } scalar)
            {
                throw new DocumentException(Place(name, keyNode.Start), "a key must be a text");
            }

            var value = Convert(name, valueNode, depth + 1, ref left);
            if (key == "<<" && scalar.Style == ScalarStyle.Plain)
            {
                merged.AddRange(value switch
                {
                    JsonObject one => [one],
                    JsonArray several when several.All(item => item is JsonObject) => several.OfType<JsonObject>().ToList(),
                    _ => throw new DocumentException(Place(name, valueNode.Start), "<< must name a mapping or a list of mappings"),
                });
            }
            else
            {
                fields[key] = value;
            }
        }

        foreach (var (key, value) in merged.SelectMany(source => source))
        {
            if (!fields.ContainsKey(key))
            {
                fields[key] = value?.DeepClone();
            }
        }

        return fields;
    }

    private static string Place(string name, Mark mark) => $"{name}:{mark.Line}:{mark.Column}";
}
