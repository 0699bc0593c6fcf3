using System.Text.Json.Nodes;

namespace Tepui.Jobs;

/// <summary>A job as its author describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Json">What it should be.</param>
/// <param name="Origin">Where it was read, as in <c>jobs.yaml:12</c>; <see langword="null"/> on the command line.</param>
internal sealed record JobDocument(string Name, JsonObject Json, string? Origin)
{
    /// <summary>Jobs that trigger it.</summary>
    public IReadOnlyList<string> Parents => [.. Json.Texts("parents")];

    /// <summary>Whether it runs after others.</summary>
    public bool IsDependent => Json.At("parents") is JsonArray { Count: > 0 };
}
