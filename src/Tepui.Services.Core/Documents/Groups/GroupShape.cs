using System.Text.Json.Nodes;
using Tepui.Services.Core.Documents.Schemas;

namespace Tepui.Services.Core.Documents.Groups;

/// <summary>Compares a group document with its schema, down to the last app.</summary>
internal static class GroupShape
{
    /// <summary>Reports everything that breaks the schema.</summary>
    /// <param name="group">Without nulls.</param>
    /// <param name="path">Where it stands; empty for the outermost, which need not have an id.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public static void Check(JsonObject group, string path, Problems problems)
    {
        SchemaChecker.Check(group, GroupSchemas.Update, path, problems);
        problems.Require(path.Length == 0 || group.ContainsKey("id"), $"{path}/id", "error.path.missing");
        for (var index = 0; index < group.List("apps")?.Count; index++)
        {
            SchemaChecker.Check(group.List("apps")![index], AppSchemas.App, $"{path}/apps({index})", problems);
        }

        for (var index = 0; index < group.List("groups")?.Count; index++)
        {
            var inner = $"{path}/groups({index})";
            if (group.List("groups")![index] is JsonObject child)
            {
                Check(child, inner, problems);
            }
            else
            {
                problems.Add(inner, "error.expected.jsobject");
            }
        }
    }
}
