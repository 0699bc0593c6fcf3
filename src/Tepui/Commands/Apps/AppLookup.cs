using System.Text.Json.Nodes;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary>Finds apps and their versions.</summary>
internal static class AppLookup
{
    /// <summary>The app as services show it.</summary>
    /// <exception cref="CommandFailure">There is none.</exception>
    public static async Task<JsonObject> GetAsync(ServicesClient client, string id, CancellationToken cancel)
    {
        var answer = await client.FindAsync(ServicesPaths.App(id), cancel);
        return answer.At("app") as JsonObject
            ?? throw new CommandFailure(ExitCode.NotFound, $"no app has the id {ServicesPaths.Absolute(id)}; 'tepui app ls' lists those there are");
    }

    /// <summary>Versions of an app, the latest first.</summary>
    public static async Task<IReadOnlyList<string>> VersionsAsync(ServicesClient client, string id, CancellationToken cancel)
    {
        var answer = await client.FindAsync(ServicesPaths.App(id, "/versions"), cancel)
            ?? throw new CommandFailure(ExitCode.NotFound, $"no app has the id {ServicesPaths.Absolute(id)}; 'tepui app ls' lists those there are");
        return [.. answer.Texts("versions").OrderDescending(StringComparer.Ordinal)];
    }

    /// <summary>The one version that a word of the command line means.</summary>
    /// <exception cref="CommandFailure">None, or more than one.</exception>
    public static async Task<string> VersionAsync(ServicesClient client, string id, string word, CancellationToken cancel)
    {
        var versions = await VersionsAsync(client, id, cancel);
        return Choose(versions, word, ServicesPaths.Absolute(id));
    }

    /// <summary>The one of <paramref name="versions"/> (latest first) that <paramref name="word"/> means.</summary>
    internal static string Choose(IReadOnlyList<string> versions, string word, string id)
    {
        if (word == "previous")
        {
            return versions.Count > 1 ? versions[1] : throw new CommandFailure(ExitCode.NotFound, $"{id} has no version before the present one");
        }

        var matches = versions.Where(version => version.StartsWith(word, StringComparison.OrdinalIgnoreCase)).ToList();
        return matches switch
        {
            [var only] => only,
            _ when versions.Contains(word, StringComparer.Ordinal) => word,
            [] => throw new CommandFailure(ExitCode.NotFound, $"{id} has no version '{word}'; 'tepui app versions {id}' lists those it has"),
            _ => throw new CommandFailure(ExitCode.NotFound, $"'{word}' may mean any of {string.Join(", ", matches.Take(5))}; give more of it"),
        };
    }

    /// <summary>An earlier definition of an app.</summary>
    public static async Task<JsonObject> AtAsync(ServicesClient client, string id, string version, CancellationToken cancel) =>
        await client.GetAsync(ServicesPaths.App(id, $"/versions/{Uri.EscapeDataString(version)}"), cancel) as JsonObject
        ?? throw new CommandFailure(ExitCode.Failure, $"version {version} of {ServicesPaths.Absolute(id)} is no object");
}
