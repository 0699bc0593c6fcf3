using System.Text.Json.Nodes;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Documents;

/// <summary>Makes apps from what clients send: shape, legacy forms, merge, defaults, rules, in this order.</summary>
public static class AppDocuments
{
    /// <summary>A new app, or a full replacement.</summary>
    /// <param name="body">As sent.</param>
    /// <param name="context">Where it belongs.</param>
    public static DocumentResult<AppSpec> Create(JsonNode? body, DocumentContext context) => throw new NotSupportedException();

    /// <summary>A change of an app: what the body leaves out keeps its value.</summary>
    public static DocumentResult<AppSpec> Update(AppSpec present, JsonNode? body, DocumentContext context) => throw new NotSupportedException();
}

/// <summary>What a document is judged against.</summary>
/// <param name="Options">Features and defaults.</param>
/// <param name="Tree">The present tree.</param>
/// <param name="Base">Group that relative ids are resolved in: the root for /v2/apps.</param>
/// <param name="Id">Id of the address, when it has one: the body need not repeat it.</param>
/// <param name="IsInGroup">Part of a group document: roles are judged more tightly.</param>
/// <param name="Prefix">Before every path of a schema problem: <c>/apps(0)</c>; empty outside groups.</param>
public sealed record DocumentContext(ServicesOptions Options, ServiceTree Tree, PathId Base, PathId? Id = null, bool IsInGroup = false, string Prefix = "");
