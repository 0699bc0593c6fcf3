using System.Text.Json.Nodes;

namespace Tepui.Applying;

/// <summary>One app, pod or group that should be as it says.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its absolute id.</param>
/// <param name="Json">What it should be; ids of the top level are absolute.</param>
/// <param name="Origin">Where it was read.</param>
internal sealed record StackDocument(StackKind Kind, string Id, JsonObject Json, string Origin);
