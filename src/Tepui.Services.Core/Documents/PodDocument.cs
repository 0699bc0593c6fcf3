using System.Text.Json;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents;

/// <summary>Pods as JSON.</summary>
public static class PodDocument
{
    /// <summary>Writes the members of a pod in canonical form into an open object.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, PodSpec pod)
    {
        writer.WriteString("id"u8, pod.Id.Value);
    }

    /// <summary>Reads what <see cref="WriteMembers"/> wrote.</summary>
    public static PodSpec Read(ReadOnlyMemory<byte> document) => throw new NotSupportedException();
}
