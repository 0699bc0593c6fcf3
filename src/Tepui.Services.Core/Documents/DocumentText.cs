using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tepui.Services.Core.Documents;

/// <summary>Documents as they come in. JSON is read lazily, so text that is no text would be found only where it is used.</summary>
public static class DocumentText
{
    /// <summary>What makes a document unusable as a whole: a name or value that is not Unicode, or a name given twice in one object.</summary>
    /// <param name="document">As parsed.</param>
    /// <returns><see langword="null"/> when it can be read everywhere.</returns>
    public static string? Problem(JsonNode? document)
    {
        try
        {
            Touch(document);
            return null;
        }
        catch (Exception malformed) when (malformed is ArgumentException or InvalidOperationException)
        {
            return malformed.Message;
        }
    }

    private static void Touch(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, value) in members)
                {
                    Touch(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Touch(item);
                }

                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String:
                _ = value.GetValue<string>();
                break;
        }
    }
}
