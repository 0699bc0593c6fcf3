using System.Text.Json.Nodes;
using Tepui.Services.Core.Documents.Rules;
using Tepui.Services.Core.Documents.Schemas;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Documents.Groups;

/// <summary>Brings a group document into the tree: given lists replace, omitted ones stay.</summary>
/// <param name="context">The present tree and options.</param>
/// <param name="version">Of the groups that change.</param>
/// <param name="problems">Gets what is wrong. Problems of an app have paths within the app and name it in their text.</param>
internal sealed class GroupUpdate(DocumentContext context, DateTimeOffset version, Problems problems)
{
    private readonly HashSet<PathId> _setsRole = [];
    private DocumentContext _context = context with { IsInGroup = true };

    /// <summary>The tree with the group as the document has it. Only of use when no problem was found.</summary>
    public ServiceTree Apply(PathId group, JsonObject update)
    {
        var target = Group(context.Tree, group, update, "");
        CheckRoleChanges(target);
        return target;
    }

    private ServiceTree Group(ServiceTree tree, PathId id, JsonObject update, string path)
    {
        var present = tree.Group(id);
        var enforces = EnforceRole(id, update, path);
        var dependencies = Dependencies(id, update, path);
        tree = tree.With((present ?? new Group(id, [], null, version)) with
        {
            Dependencies = dependencies ?? present?.Dependencies ?? [],
            EnforceRole = enforces ?? present?.EnforceRole,
            Version = version,
        });

        if (enforces is not null)
        {
            var group = _context.Tree.Group(id) ?? new Group(id, [], null, version);
            _context = _context with { Tree = _context.Tree with { Groups = _context.Tree.Groups.SetItem(id, group with { EnforceRole = enforces }) } };
        }

        if (update.List("apps") is { } apps)
        {
            tree = Apps(tree, id, apps, path);
        }

        return update.List("groups") is { } groups ? Groups(tree, id, groups, path) : tree;
    }

    private ServiceTree Apps(ServiceTree tree, PathId group, JsonArray apps, string path)
    {
        var named = new HashSet<PathId>();
        for (var index = 0; index < apps.Count; index++)
        {
            var body = (JsonObject)apps[index]!;
            var id = PathId.Resolve(body.Text("id")!, group);
            var place = $"{path}/apps({index})";
            if (Child(id, group, $"{place}/id") && Unique(named, id, $"{path}/apps"))
            {
                var made = AppDocuments.Create(body, _context with { Base = group, Prefix = place });
                tree = made.Spec is { } app ? tree.With(app with { Version = version }) : tree;
                problems.AddOf(id, made.Refusal);
            }
        }

        return tree.Specs.Values.OfType<AppSpec>().Where(app => app.Id.Parent == group && !named.Contains(app.Id)).ToArray()
            .Aggregate(tree, (left, app) => left.WithoutSpec(app.Id, version));
    }

    private ServiceTree Groups(ServiceTree tree, PathId group, JsonArray groups, string path)
    {
        var named = new HashSet<PathId>();
        for (var index = 0; index < groups.Count; index++)
        {
            var body = (JsonObject)groups[index]!;
            var id = PathId.Resolve(body.Text("id")!, group);
            var place = $"{path}/groups({index})";
            problems.Require(!body.ContainsKey("scaleBy"), $"{place}/scaleBy", "is possible for the group of the address only");
            if (Child(id, group, $"{place}/id") && Unique(named, id, $"{path}/groups"))
            {
                IdRules.CheckGroup(id, $"{place}/id", problems);
                tree = Group(tree, id, body, place);
            }
        }

        return tree.Groups.Values.Where(other => !other.Id.IsRoot && other.Id.Parent == group && !named.Contains(other.Id)).ToArray()
            .Aggregate(tree, (left, other) => left.WithoutGroup(other.Id, version));
    }

    private bool Child(PathId id, PathId group, string path)
    {
        var isChild = !id.IsRoot && id.Parent == group;
        problems.Require(isChild, path, $"{id} does not lie right in the group {group}");
        return isChild;
    }

    private bool Unique(HashSet<PathId> named, PathId id, string path)
    {
        var isNew = named.Add(id);
        problems.Require(isNew, path, $"{id} is given more than once");
        return isNew;
    }

    // First-level groups always get a value, the default when none is given; others have none.
    private bool? EnforceRole(PathId id, JsonObject update, string path)
    {
        var isFirstLevel = !id.IsRoot && id.Parent.IsRoot;
        var given = update.Flag("enforceRole");
        problems.Require(isFirstLevel || given is not true, $"{path}/enforceRole", $"{id} is not a group right below the root; only those have enforceRole");
        if (isFirstLevel && given is not null)
        {
            _setsRole.Add(id);
        }

        return isFirstLevel ? given ?? _context.Options.NewGroupEnforceRole : null;
    }

    private List<PathId>? Dependencies(PathId id, JsonObject update, string path)
    {
        if (update.Texts("dependencies") is not { } paths)
        {
            return null;
        }

        var dependencies = new List<PathId>();
        for (var index = 0; index < paths.Count; index++)
        {
            problems.Require(Patterns.PathId.IsMatch(paths[index]), $"{path}/dependencies({index})", $"'{paths[index]}' is not a path; {IdRules.Allowed}");
            dependencies.Add(PathId.Resolve(paths[index], id));
        }

        return dependencies;
    }

    // Whether services use the group's role is changed by itself, so that it is clear which of them move.
    private void CheckRoleChanges(ServiceTree target)
    {
        foreach (var present in _setsRole.Order().Select(context.Tree.Group).Where(group => group?.EnforceRole is { } before && target.Group(group.Id)?.EnforceRole != before).Select(group => group!))
        {
            problems.Require(SameServices(present.Id, target), "/enforceRole", $"of {present.Id} cannot change from {Text(present.EnforceRole)} to {Text(!present.EnforceRole)} in a request that also changes services; use PATCH first");
        }
    }

    private bool SameServices(PathId group, ServiceTree target)
    {
        var after = (ServicePorts.Assign(context.Tree, target, _context.Options).Spec ?? target).Specs.Values.Where(spec => spec.Id.IsBelow(group)).ToDictionary(spec => spec.Id);
        var before = context.Tree.Specs.Values.Where(spec => spec.Id.IsBelow(group)).ToArray();
        return before.Length == after.Count && Array.TrueForAll(before, spec => after.TryGetValue(spec.Id, out var other) && SpecComparison.Same(spec, other));
    }

    private static string Text(bool? value) => value is true ? "true" : "false";
}
