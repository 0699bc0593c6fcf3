using System.Text.Json.Nodes;
using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary>Partial updates of an app: what the body of a PATCH must hold so that only what was asked for changes.</summary>
internal static class AppUpdate
{
    /// <summary>A partial update clears these when they are left out, so they are said again.</summary>
    private static readonly string[] Cleared = ["executorResources", "resourceLimits"];

    /// <summary>The update with the fields of the app that would else be cleared.</summary>
    public static JsonObject Keeping(JsonObject app, JsonObject update)
    {
        foreach (var name in Cleared)
        {
            if (!update.ContainsKey(name) && app[name] is { } present)
            {
                update[name] = present.DeepClone();
            }
        }

        return update;
    }

    /// <summary>A map of the app with pairs set and names taken out: an update replaces maps as a whole.</summary>
    /// <param name="app">The app as it is.</param>
    /// <param name="field">Name of the map, as in <c>env</c>.</param>
    /// <param name="pairs">Texts of the form NAME=VALUE.</param>
    /// <param name="removed">Names to take out.</param>
    public static JsonObject Map(JsonObject app, string field, IEnumerable<string> pairs, IEnumerable<string> removed)
    {
        var map = app[field]?.DeepClone() as JsonObject ?? [];
        foreach (var name in removed)
        {
            if (!map.Remove(name))
            {
                throw new CommandFailure(ExitCode.NotFound, $"{field} has no '{name}' to take out");
            }
        }

        foreach (var pair in pairs)
        {
            var end = pair.IndexOf('=', StringComparison.Ordinal);
            if (end <= 0)
            {
                throw new CommandFailure(ExitCode.Usage, $"--{field} is '{pair}'; it must be NAME=VALUE");
            }

            map[pair[..end]] = pair[(end + 1)..];
        }

        return map;
    }

    /// <summary>The app's container with another image.</summary>
    public static JsonObject Container(JsonObject app, string image)
    {
        var container = app["container"]?.DeepClone() as JsonObject ?? new JsonObject { ["type"] = "MESOS" };
        if (container["docker"] is not JsonObject docker)
        {
            container["docker"] = docker = [];
        }

        docker["image"] = image;
        return container;
    }
}
