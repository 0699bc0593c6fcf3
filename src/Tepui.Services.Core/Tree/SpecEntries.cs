using Google.Protobuf;
using Tepui.Protocol.Services;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tree;

/// <summary>Apps and pods as the store holds them: their canonical documents.</summary>
public static class SpecEntries
{
    /// <summary>As stored.</summary>
    public static SpecEntry Write(RunSpec spec) => new()
    {
        Kind = spec is PodSpec ? SpecEntry.Types.Kind.Pod : SpecEntry.Types.Kind.App,
        Document = UnsafeByteOperations.UnsafeWrap(Document(spec)),
    };

    /// <summary>From the store.</summary>
    public static RunSpec Read(SpecEntry entry) => entry.Kind == SpecEntry.Types.Kind.Pod ? PodDocument.Read(entry.Document.Memory) : AppDocument.Read(entry.Document.Memory);

    /// <summary>The canonical document, with all that a reader of the store needs.</summary>
    public static byte[] Document(RunSpec spec) => spec is PodSpec pod ? PodDocument.Write(pod) : AppDocument.Write((AppSpec)spec);
}
