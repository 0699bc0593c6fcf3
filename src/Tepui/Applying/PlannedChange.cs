using System.Text.Json.Nodes;
using Tepui.Documents;

namespace Tepui.Applying;

/// <summary>One thing that would change.</summary>
/// <param name="Kind"><c>app</c>, <c>pod</c>, <c>group</c> or <c>job</c>.</param>
/// <param name="Id">Its id; the name of a job.</param>
/// <param name="Change"><c>create</c>, <c>update</c>, <c>scale</c> or <c>remove</c>.</param>
/// <param name="Fields">Fields that would differ.</param>
internal sealed record PlannedChange(string Kind, string Id, string Change, IReadOnlyList<FieldChange> Fields)
{
    /// <summary>Reads one item of a dry run's <c>changes</c>.</summary>
    public static PlannedChange Read(JsonNode item) => new(
        item.Text("kind") ?? "app", item.Text("id") ?? "", item.Text("change") ?? "update",
        [.. item.Items("fields").Select(field => new FieldChange(field.Text("path") ?? "/", field.At("from"), field.At("to")))]);

    /// <summary>The change as a document.</summary>
    public JsonObject ToJson() => new() { ["id"] = Id, ["kind"] = Kind, ["change"] = Change, ["fields"] = ChangeTable.ToJson(Fields) };
}
