using Google.Protobuf;

namespace Tepui.Protocol.Json;

/// <summary>Tells which required fields a message lacks. The generated parsers check it by reflection, field by field; this does it at the speed of parsing.</summary>
public static class RequiredFields
{
    /// <summary>Whether the message and all messages in it have their required fields.</summary>
    public static bool AreSet(IMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return MessagePlan.Of(message.Descriptor).IsComplete(message);
    }

    /// <summary>The missing ones as dotted paths with commas between, such as <c>accept.offer_ids[0].value, framework_id.value</c>; empty when none is missing.</summary>
    public static string Missing(IMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var missing = new List<string>();
        MessagePlan.Of(message.Descriptor).FindMissing(message, "", missing);
        return string.Join(", ", missing);
    }
}
