using static Tepui.Services.Core.Documents.Schemas.Shape;

namespace Tepui.Services.Core.Documents.Schemas;

/// <summary>Groups as clients send them. Groups hold groups, so the members of inner groups are checked by the reader with the same schema.</summary>
public static class GroupSchemas
{
    /// <summary>A group in a request: all its own members; apps and groups are checked one by one.</summary>
    public static DocumentSchema Update { get; } = Object("GroupUpdate", "A group: what is left out stays as it is.",
        May("id", CommonSchemas.Id),
        May("apps", List("All its apps.", Any("An app.") with { Name = "NewApp" })),
        May("groups", List("All its groups.", Any("A group.") with { Name = "GroupUpdate" })),
        May("pods", Any("Told back; without effect.")),
        May("dependencies", List("Groups whose apps are deployed before those of this one.", Text("Path."))),
        May("enforceRole", Flag("Apps below use the group's name as their role; only groups right below the root.")),
        May("version", Time("Alone: go back to this version.")),
        May("scaleBy", Number("Alone: every app below gets so many times its instances.", 0)));

    /// <summary>PATCH of a group.</summary>
    public static DocumentSchema Partial { get; } = Object("GroupPartialUpdate", "What of a group can be changed by itself.",
        May("enforceRole", Flag("Apps below use the group's name as their role.")));
}
