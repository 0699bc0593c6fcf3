using System.Net;
using System.Text.Json;
using Tepui.Web.Feeds;

namespace Tepui.Web.Services;

/// <summary>One complaint about a document.</summary>
/// <param name="Path">Where, as in <c>/healthChecks(0)/portIndex</c>; <c>/</c> for the whole.</param>
/// <param name="Text">What is wrong.</param>
public sealed record FieldProblem(string Path, string Text);

/// <summary>The answer of the services to a change.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The JSON body; of kind Undefined when there is none.</param>
/// <param name="DeploymentId">The deployment that it started, if any.</param>
public sealed record ServicesAnswer(HttpStatusCode Status, JsonElement Body, string? DeploymentId)
{
    /// <summary>Whether the change was accepted.</summary>
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>What the services say; the status in words when they say nothing.</summary>
    public string Message => Body.Text("message") is { Length: > 0 } said ? said : $"The services answered with status {(int)Status}.";

    /// <summary>Whether force would get past this refusal: running deployments own what should change.</summary>
    public bool IsLocked => Status == HttpStatusCode.Conflict && Locks.Count > 0;

    /// <summary>Ids of the deployments in the way.</summary>
    public IReadOnlyList<string> Locks => [.. Body.List("deployments").Select(deployment => deployment.Text("id")).OfType<string>()];

    /// <summary>All complaints with their places. A detail without a list is one complaint about the whole.</summary>
    public IReadOnlyList<FieldProblem> Problems
    {
        get
        {
            if (Body.Member("details") is { ValueKind: JsonValueKind.String } text)
            {
                return [new FieldProblem("/", text.GetString()!)];
            }

            return [.. Body.List("details").SelectMany(detail => detail.List("errors").Select(error => new FieldProblem(detail.Text("path") ?? "/", Words(error.Text()))))];
        }
    }

    // The schema's error words are for programs.
    private static string Words(string error) => error switch
    {
        "error.path.missing" => "is required",
        "error.expected.jsstring" => "must be a text",
        "error.expected.jsnumber" => "must be a number",
        "error.expected.jsboolean" => "must be true or false",
        "error.expected.jsarray" => "must be a list",
        "error.expected.jsobject" => "must be an object",
        "error.minLength" => "is too short",
        "error.maxLength" => "is too long",
        "error.min" => "is too small",
        "error.max" => "is too large",
        "error.pattern" => "has characters that are not allowed here",
        "error.unknown.enum.literal" => "is not one of the allowed values",
        _ => error,
    };
}
