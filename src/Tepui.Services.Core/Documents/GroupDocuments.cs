using System.Text.Json.Nodes;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Documents;

/// <summary>Makes trees from group documents.</summary>
public static class GroupDocuments
{
    /// <summary>The id a POST body names: its <c>id</c> resolved in the group of the address (the address itself without one).</summary>
    public static PathId IdOf(JsonNode? body, PathId address) => throw new NotSupportedException();

    /// <summary>The present tree with the group as the body describes it: given lists replace, omitted ones stay; <c>scaleBy</c> scales. New and changed specs have no versions and may have service ports 0. (<c>version</c> is for the caller.)</summary>
    public static DocumentResult<ServiceTree> Apply(PathId group, JsonNode? body, DocumentContext context, DateTimeOffset version) => throw new NotSupportedException();

    /// <summary>The present tree with the group's <c>enforceRole</c> as the body of a PATCH says.</summary>
    public static DocumentResult<ServiceTree> Patch(PathId group, JsonNode? body, DocumentContext context, DateTimeOffset version) => throw new NotSupportedException();
}
