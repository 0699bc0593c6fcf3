namespace Tepui.Protocol.Json;

/// <summary>At which step a text failed to become a message.</summary>
public enum JsonProblemKind
{
    /// <summary>The text is not JSON.</summary>
    Syntax,

    /// <summary>It is JSON, but not of that message.</summary>
    Conversion,
}

/// <summary>Why a text is not a message, in the words clients of this API know.</summary>
/// <param name="Kind">The step that failed.</param>
/// <param name="Text">The reason, without the step.</param>
public sealed record JsonProblem(JsonProblemKind Kind, string Text)
{
    /// <summary>The whole sentence for an answer, as in <c>Failed to convert JSON into Call protobuf: Expecting a JSON object</c>.</summary>
    /// <param name="message">What the text should have been, such as <c>Call</c>.</param>
    public string ToSentence(string message = "Call") => Kind == JsonProblemKind.Syntax
        ? $"Failed to parse body into JSON: {Text}"
        : $"Failed to convert JSON into {message} protobuf: {Text}";
}
