using System.Text.Json.Nodes;

namespace Tepui.Documents;

/// <summary>One JSON or YAML document of a file.</summary>
/// <param name="Origin">Where it was read, as in <c>stack.yaml:12</c>.</param>
/// <param name="Json">What it says.</param>
internal sealed record SourceDocument(string Origin, JsonNode Json);
