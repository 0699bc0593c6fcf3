using System.Net;
using System.Text.Json;
using Tepui.Web.Feeds;

namespace Tepui.Web.Jobs;

/// <summary>One complaint about a document.</summary>
/// <param name="Path">Where, members separated by dots, as in <c>container.volumes.0.hostPath</c>; empty for the whole.</param>
/// <param name="Text">What is wrong.</param>
/// <param name="Offset">Where in the text at that path, from 0; null when it is about all of it.</param>
public sealed record JobProblem(string Path, string Text, int? Offset = null);

/// <summary>The answer of the jobs scheduler to a change.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The JSON body; of kind Undefined when there is none.</param>
public sealed record JobsAnswer(HttpStatusCode Status, JsonElement Body)
{
    /// <summary>Whether the change was accepted.</summary>
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>What its author should know of a change that was accepted; null when there is nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>What the scheduler says; the status in words when it says nothing.</summary>
    public string Message => Body.Text("message") is { Length: > 0 } said ? said : $"The jobs scheduler answered with status {(int)Status}.";

    /// <summary>All complaints with their places.</summary>
    public IReadOnlyList<JobProblem> Problems =>
        [.. Body.List("problems").Select(problem => new JobProblem(PathOf(problem.Text("path") ?? ""), problem.Text("message") ?? "", problem.Member("offset") is null ? null : problem.Int("offset")))];

    /// <summary>A path with dots, whether it was written <c>/fetch(0)/uri</c>, <c>fetch[0].uri</c> or <c>fetch.0.uri</c>.</summary>
    public static string PathOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return string.Join('.', path.Split(['/', '.', '[', ']', '(', ')'], StringSplitOptions.RemoveEmptyEntries));
    }
}
