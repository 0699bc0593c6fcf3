using System.Net;
using System.Text.Json.Nodes;

namespace Tepui.Services;

/// <summary>What services answered to a request they accepted.</summary>
/// <param name="Status">A status of 200 to 299.</param>
/// <param name="Body">The document; <see langword="null"/> when the answer has none.</param>
/// <param name="DeploymentId">The deployment that the request started, if it did.</param>
internal sealed record ServicesAnswer(HttpStatusCode Status, JsonNode? Body, string? DeploymentId);
