using System.Text.Json.Nodes;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents;

/// <summary>Makes pods from what clients send.</summary>
public static class PodDocuments
{
    /// <summary>A new pod, or a full replacement.</summary>
    public static DocumentResult<PodSpec> Create(JsonNode? body, DocumentContext context) => throw new NotSupportedException();
}
