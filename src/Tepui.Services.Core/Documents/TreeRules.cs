using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Documents.Groups;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Documents;

/// <summary>Rules on the tree as a whole.</summary>
public static class TreeRules
{
    /// <summary>All that is wrong; nothing if it can be deployed.</summary>
    public static IReadOnlyList<PathProblem> Check(ServiceTree tree)
    {
        var problems = new Problems();
        foreach (var id in tree.Specs.Keys.Where(tree.Groups.ContainsKey))
        {
            problems.Add(PathOf(id), $"{id} is the id of an app or pod and of a group; ids must be unique");
        }

        if (DependencyCycle.Find(tree) is { } cycle)
        {
            problems.Add("/", $"dependencies must not be circular: {string.Join(" waits for ", cycle)}");
        }

        ExternalVolumes(tree, problems);
        return problems.List;
    }

    // Problems of the tree that belong to one app stand under /apps, a slash and its id.
    private static string PathOf(PathId id) => $"/apps/{id}";

    private static void ExternalVolumes(ServiceTree tree, Problems problems)
    {
        var first = new Dictionary<string, PathId>(StringComparer.Ordinal);
        foreach (var app in tree.Specs.Values.OfType<AppSpec>())
        {
            foreach (var volume in app.Container?.Volumes ?? [])
            {
                if (volume.External is not { Shared: false, Provider: "dvdi", Name: { } name } || first.TryAdd(name, app.Id) || first[name] == app.Id)
                {
                    continue;
                }

                problems.Add($"{PathOf(app.Id)}/container/volumes", $"the external volume '{name}' is used by {first[name]} already; only shared volumes may be used by several apps");
            }
        }
    }
}
