using System.Text.Json.Nodes;

namespace Tepui.Documents;

/// <summary>One field that differs between two documents.</summary>
/// <param name="Path">Where, as in <c>/env/COLOUR</c> or <c>/healthChecks(0)/path</c>.</param>
/// <param name="From">What it was; <see langword="null"/> when it was not there.</param>
/// <param name="To">What it is; <see langword="null"/> when it is not there any more.</param>
internal sealed record FieldChange(string Path, JsonNode? From, JsonNode? To);
