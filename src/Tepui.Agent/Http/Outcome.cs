using Microsoft.AspNetCore.Http;

namespace Tepui.Agent.Http;

/// <summary>How a call ended: a status and the text that goes with it.</summary>
internal readonly record struct Outcome(int Status, string Body)
{
    /// <summary>The caller did something wrong.</summary>
    public static Outcome Bad(string body) => new(StatusCodes.Status400BadRequest, body);

    /// <summary>Nothing of that name is there.</summary>
    public static Outcome NotFound(string body) => new(StatusCodes.Status404NotFound, body);

    /// <summary>Done, and nothing more to say.</summary>
    public static Outcome Done => new(StatusCodes.Status200OK, "");

    /// <summary>The call is right, but not there yet.</summary>
    /// <param name="what">What is missing, as the start of a sentence.</param>
    /// <param name="call">The call by its name.</param>
    public static Outcome NotYet(string what, string call) =>
        new(StatusCodes.Status501NotImplemented, $"501 Not Implemented. {what} ({call}) is not supported yet.");
}
