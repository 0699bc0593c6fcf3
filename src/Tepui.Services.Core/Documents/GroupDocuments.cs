using System.Text.Json.Nodes;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Documents.Groups;
using Tepui.Services.Core.Documents.Rules;
using Tepui.Services.Core.Documents.Schemas;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Documents;

/// <summary>Makes trees from group documents.</summary>
public static class GroupDocuments
{
    /// <summary>The id a POST body names: its <c>id</c> resolved in the group of the address (the address itself without one).</summary>
    public static PathId IdOf(JsonNode? body, PathId address) =>
        (body as JsonObject)?["id"] is JsonValue value && value.TryGetValue<string>(out var id) && Patterns.PathId.IsMatch(id) ? PathId.Resolve(id, address) : address;

    /// <summary>The present tree with the group as the body describes it: given lists replace, omitted ones stay; <c>scaleBy</c> scales. New and changed specs have no versions and may have service ports 0. (<c>version</c> is for the caller.)</summary>
    /// <param name="group">Of the address; the root stands for the group that the body names.</param>
    /// <param name="body">As sent.</param>
    /// <param name="context">The present tree and options.</param>
    /// <param name="version">Of the groups that change.</param>
    public static DocumentResult<ServiceTree> Apply(PathId group, JsonNode? body, DocumentContext context, DateTimeOffset version)
    {
        var opened = DocumentBody.Open(body);
        if (opened.Spec is not { } update)
        {
            return new(null, opened.Refusal);
        }

        var problems = new Problems();
        GroupShape.Check(update, "", problems);
        if (problems.Any)
        {
            return new(null, problems.InvalidShape());
        }

        var id = group.IsRoot ? IdOf(update, group) : group;
        IdRules.CheckGroup(id, "/id", problems);
        var isSame = IdOf(update, id) == id || IdOf(update, id.Parent) == id;
        problems.Require(isSame, "/id", $"'{update.Text("id")}' is not the group of the address, {id}");
        if (update.ContainsKey("scaleBy"))
        {
            return GroupScaling.Apply(id, update, context, version, problems);
        }

        problems.Require(!update.ContainsKey("version"), "/version", "goes back to an earlier version and can only be given alone");
        var changes = new GroupUpdate(context, version, problems);
        var target = changes.Apply(id, update);
        return problems.Any ? new(null, problems.InvalidObject()) : new(target, null);
    }

    /// <summary>The present tree with the group's <c>enforceRole</c> as the body of a PATCH says.</summary>
    /// <param name="group">Of the address.</param>
    /// <param name="body">As sent.</param>
    /// <param name="context">The present tree and options.</param>
    /// <param name="version">Of the group.</param>
    public static DocumentResult<ServiceTree> Patch(PathId group, JsonNode? body, DocumentContext context, DateTimeOffset version)
    {
        var opened = DocumentBody.Open(body, GroupSchemas.Partial, "");
        if (opened.Spec is not { } change)
        {
            return new(null, opened.Refusal);
        }

        if (group.IsRoot || !group.Parent.IsRoot)
        {
            var problems = new Problems();
            problems.Add("/", $"{group} is not a group right below the root; only those have enforceRole");
            return new(null, problems.InvalidObject());
        }

        return context.Tree.Group(group) is { } present
            ? new(context.Tree.With(present with { EnforceRole = change.Flag("enforceRole") ?? context.Options.NewGroupEnforceRole, Version = version }), null)
            : new(null, Refusals.NoGroup(group));
    }
}
