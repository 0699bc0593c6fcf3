using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Documents;

/// <summary>What a document is judged against.</summary>
/// <param name="Options">Features and defaults.</param>
/// <param name="Tree">The present tree.</param>
/// <param name="Base">Group that relative ids are resolved in: the root for /v2/apps.</param>
/// <param name="Id">Id of the address, when it has one: the body need not repeat it.</param>
/// <param name="IsInGroup">Part of a group document: roles are judged more tightly.</param>
/// <param name="Prefix">Before every path of a problem, in a group before those of the schema only: <c>/apps(0)</c>; empty for a document by itself.</param>
/// <param name="Force">The client insists: the role of an app with persistent volumes may change.</param>
public sealed record DocumentContext(ServicesOptions Options, ServiceTree Tree, PathId Base, PathId? Id = null, bool IsInGroup = false, string Prefix = "", bool Force = false);
