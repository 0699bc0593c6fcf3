using System.Text.Json.Nodes;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Commands;

/// <summary>Bodies that name a version and nothing else: back to it.</summary>
internal static class Rollback
{
    /// <summary>The member <c>version</c> of a body, if there is one.</summary>
    public static JsonNode? VersionOf(JsonNode? body) => (body as JsonObject)?["version"];

    /// <summary>An app goes back.</summary>
    public static CommandOutcome App(Turn turn, AppSpec present, JsonNode body, JsonNode version, bool force)
    {
        if (!TryRead(version, out var wanted))
        {
            return Malformed("/version");
        }

        // Clients send read-only and empty members along; what says nothing does not count.
        if (body.AsObject().Any(member => member.Key is not ("version" or "id" or "versionInfo") && member.Value is not null))
        {
            return Refusals.Invalid("/", "The 'version' field may only be combined with the 'id' field.");
        }

        return turn.State.Catalog.Versions.Find(present.Id, wanted) is AppSpec earlier
            ? AppCommands.Deploy(turn, earlier, force, isNew: false, restored: earlier)
            : Refusals.NoApp(present.Id, wanted);
    }

    /// <summary>The tree with a group as it was.</summary>
    public static CommandOutcome.Refused? Group(Turn turn, PathId group, JsonNode version, out ServiceTree? target)
    {
        target = null;
        if (!TryRead(version, out var wanted))
        {
            return Malformed("/version");
        }

        target = turn.State.Catalog.Versions.GroupAt(turn.State.Catalog.Tree, group, wanted);
        return target is null ? new CommandOutcome.Refused(RefusalKind.Invalid, $"Group {group} has no version {Refusals.Text(wanted)}") : null;
    }

    private static CommandOutcome.Refused Malformed(string path) => new(RefusalKind.Invalid, "Invalid JSON", [new(path, ["error.expected.date.isoformat"])], []);

    private static bool TryRead(JsonNode node, out DateTimeOffset version)
    {
        version = default;
        return node is JsonValue value && value.TryGetValue<string>(out var text) && Refusals.TryRead(text, out version);
    }
}
