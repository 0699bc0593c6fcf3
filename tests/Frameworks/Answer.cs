using System.Net;
using System.Text.Json.Nodes;

namespace Tepui.Tests.Frameworks;

/// <summary>What the scheduler answered.</summary>
internal sealed record Answer(HttpStatusCode Status, HttpResponseMessage Message, string Body)
{
    public int Code => (int)Status;

    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Header(string name) => Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : "";
}
