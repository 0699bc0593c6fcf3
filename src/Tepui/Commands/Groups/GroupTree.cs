using System.Text.Json.Nodes;

namespace Tepui.Commands.Groups;

/// <summary>Walks through a group and all groups below it.</summary>
internal static class GroupTree
{
    /// <summary>The group, then those below it, in the order of their ids.</summary>
    public static IEnumerable<JsonNode> Groups(JsonNode group) =>
        group.Items("groups").OrderBy(child => child.Text("id"), StringComparer.Ordinal).SelectMany(Groups).Prepend(group);

    /// <summary>All apps in the group and below.</summary>
    public static IEnumerable<JsonNode> Apps(JsonNode group) => Groups(group).SelectMany(one => one.Items("apps"));

    /// <summary>All pods in the group and below.</summary>
    public static IEnumerable<JsonNode> Pods(JsonNode group) => Groups(group).SelectMany(one => one.Items("pods"));
}
