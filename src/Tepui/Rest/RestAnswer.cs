using System.Net;
using System.Text.Json.Nodes;

namespace Tepui.Rest;

/// <summary>What a server answered to a request that it accepted.</summary>
/// <param name="Status">A status of 200 to 299.</param>
/// <param name="Body">The document; <see langword="null"/> when the answer has none.</param>
/// <param name="Text">The answer as it came; empty when there is none.</param>
/// <param name="Tag">Value of the header that the client looks for; <see langword="null"/> when the answer has none.</param>
internal sealed record RestAnswer(HttpStatusCode Status, JsonNode? Body, string Text, string? Tag);
