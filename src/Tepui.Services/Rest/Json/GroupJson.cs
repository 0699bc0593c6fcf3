using System.Text.Json;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Rest.Json;

/// <summary>Groups with what lies in them.</summary>
/// <param name="view">Everything as of one moment.</param>
/// <param name="tree">The tree the groups are of: the present one, or an earlier one.</param>
/// <param name="parts">What is shown.</param>
internal sealed class GroupJson(ServicesView view, ServiceTree tree, GroupParts parts)
{
    private readonly AppJson _apps = new(view, parts.OfApps);
    private readonly PodStatusJson _pods = new(view);
    private readonly ILookup<PathId, RunSpec> _specs = tree.Specs.Values.ToLookup(spec => spec.Id.Parent);
    private readonly ILookup<PathId, Group> _groups = tree.Groups.Values.Where(group => !group.Id.IsRoot).ToLookup(group => group.Id.Parent);

    /// <summary>Writes a group as a value.</summary>
    public void Write(Utf8JsonWriter json, Group group)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, group.Id.Value);
        json.WriteStartArray("apps"u8);
        foreach (var app in parts.Apps ? _specs[group.Id].OfType<AppSpec>() : [])
        {
            _apps.Write(json, app);
        }

        json.WriteEndArray();
        json.WriteStartArray("pods"u8);
        foreach (var pod in parts.Pods ? _specs[group.Id].OfType<PodSpec>() : [])
        {
            _pods.Write(json, pod);
        }

        json.WriteEndArray();
        json.WriteStartArray("groups"u8);
        foreach (var below in parts.Groups ? _groups[group.Id] : [])
        {
            Write(json, below);
        }

        json.WriteEndArray();
        json.WriteTexts("dependencies"u8, group.Dependencies.Select(id => id.Value));
        json.WriteTime("version"u8, group.Version);
        if (group.EnforceRole is { } enforces)
        {
            json.WriteBoolean("enforceRole"u8, enforces);
        }

        json.WriteEndObject();
    }
}
