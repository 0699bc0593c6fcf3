using System.Text.Json;

namespace Tepui.Web.Services;

/// <summary>One event of <c>/v2/events</c>.</summary>
/// <param name="Type">As in <c>instance_changed_event</c>.</param>
/// <param name="App">The app or pod it is about; null when it is about none, or about several.</param>
public sealed record ServicesEvent(string Type, string? App)
{
    /// <summary>Reads it; data that is no JSON object leaves the app unknown.</summary>
    public static ServicesEvent From(string type, string data)
    {
        try
        {
            using var document = JsonDocument.Parse(data);
            return new ServicesEvent(type, document.RootElement.Text("appId") ?? document.RootElement.Text("runSpecId"));
        }
        catch (JsonException)
        {
            return new ServicesEvent(type, null);
        }
    }
}
