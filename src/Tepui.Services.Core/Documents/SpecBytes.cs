using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tepui.Services.Core.Documents;

/// <summary>Documents as UTF-8 bytes.</summary>
internal static class SpecBytes
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>An object whose members <paramref name="write"/> writes.</summary>
    public static byte[] Of(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
