using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tepui.Terminal;

/// <summary>Data on stdout as JSON, indented, names in snake_case; documents of an API keep their own names.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Prints one document.</summary>
    public static void Write<T>(T data, TextWriter? output = null) => (output ?? Console.Out).WriteLine(JsonSerializer.Serialize(data, Options));
}
