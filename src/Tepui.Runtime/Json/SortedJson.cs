using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Tepui.Runtime.Json;

/// <summary>Messages with their members sorted by name, as the routes about containers show them.</summary>
public static class SortedJson
{
    /// <summary>Writes what is set of <paramref name="message"/> as the next value.</summary>
    public static void Write(Utf8JsonWriter json, IMessage message)
    {
        json.WriteStartObject();
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder().OrderBy(field => field.Name, StringComparer.Ordinal))
        {
            var value = field.Accessor.GetValue(message);
            if (field.IsRepeated)
            {
                WriteList(json, field, (System.Collections.IEnumerable)value);
            }
            else if (field.HasPresence ? field.Accessor.HasValue(message) : value is not null)
            {
                json.WritePropertyName(field.Name);
                WriteValue(json, value);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, FieldDescriptor field, System.Collections.IEnumerable values)
    {
        var isStarted = false;
        foreach (var value in values)
        {
            if (!isStarted)
            {
                json.WriteStartArray(field.Name);
                isStarted = true;
            }

            WriteValue(json, value);
        }

        if (isStarted)
        {
            json.WriteEndArray();
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case IMessage message: Write(json, message); break;
            case string text: json.WriteStringValue(text); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case double number: JsonValues.Number(json, number); break;
            case float number: JsonValues.Number(json, number); break;
            case ulong number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case uint number: json.WriteNumberValue(number); break;
            case int number: json.WriteNumberValue(number); break;
            case ByteString bytes: json.WriteBase64StringValue(bytes.Span); break;
            default: json.WriteStringValue(value.ToString()); break;
        }
    }
}
