using System.Text.Json;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents;

/// <summary>Apps as JSON.</summary>
public static class AppDocument
{
    /// <summary>Writes the members of an app in canonical form into an open object; the caller adds counts, tasks and the like and closes it.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, AppSpec app)
    {
        writer.WriteString("id"u8, app.Id.Value);
    }

    /// <summary>Reads what <see cref="WriteMembers"/> wrote.</summary>
    public static AppSpec Read(ReadOnlyMemory<byte> document) => throw new NotSupportedException();
}
