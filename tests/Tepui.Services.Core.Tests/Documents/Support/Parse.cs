using System.Text.Json.Nodes;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Documents;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Tests.Documents.Support;

/// <summary>Documents written as JSON with single quotes.</summary>
internal static class Parse
{
    /// <summary>All features on.</summary>
    public static ServicesOptions Options { get; } = new()
    {
        Features = new HashSet<string>(["vips", "task_killing", "external_volumes", "secrets", "gpu_resources"], StringComparer.Ordinal),
    };

    public static JsonNode Json(string text) => JsonNode.Parse(text.Replace('\'', '"'))!;

    public static DocumentContext Context(ServicesOptions? options = null, ServiceTree? tree = null) => new(options ?? Options, tree ?? ServiceTree.Empty, PathId.Root);

    /// <summary>An app that is taken.</summary>
    public static AppSpec App(string text, DocumentContext? context = null) => Taken(AppDocuments.Create(Json(text), context ?? Context()));

    /// <summary>A pod that is taken.</summary>
    public static PodSpec Pod(string text, DocumentContext? context = null) => Taken(PodDocuments.Create(Json(text), context ?? Context()));

    /// <summary>An app that is refused: its problems as lines of path and error.</summary>
    public static IReadOnlyList<string> RefusedApp(string text, DocumentContext? context = null) => Lines(AppDocuments.Create(Json(text), context ?? Context()));

    /// <summary>A pod that is refused.</summary>
    public static IReadOnlyList<string> RefusedPod(string text, DocumentContext? context = null) => Lines(PodDocuments.Create(Json(text), context ?? Context()));

    public static T Taken<T>(DocumentResult<T> result)
        where T : class
    {
        Assert.True(result.Spec is not null, result.Refusal is null ? "neither spec nor refusal" : string.Join('\n', Lines(result.Refusal)));
        return result.Spec!;
    }

    public static IReadOnlyList<string> Lines<T>(DocumentResult<T> result)
        where T : class
    {
        Assert.Null(result.Spec);
        return Lines(result.Refusal!);
    }

    private static IReadOnlyList<string> Lines(CommandOutcome.Refused refusal) => [.. refusal.Problems.SelectMany(problem => problem.Errors.Select(error => $"{problem.Path} {error}"))];
}
