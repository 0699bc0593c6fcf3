using System.Text.Json.Nodes;
using Tepui.Documents;
using Tepui.Services;

namespace Tepui.Applying;

/// <summary>The tree of groups as it should be: what is there, with the documents laid over it.</summary>
/// <param name="Group">The smallest group that holds all that is described.</param>
/// <param name="Body">That group, complete, as <c>PUT /v2/groups</c> takes it.</param>
internal sealed record GroupOverlay(string Group, JsonObject Body)
{
    /// <summary>Lays the apps and groups of a stack over the present tree.</summary>
    /// <param name="root">The answer of <c>GET /v2/groups</c>.</param>
    /// <param name="stack">What should be. An app that does not say how many instances it wants keeps the present number.</param>
    public static GroupOverlay Of(JsonNode root, Stack stack)
    {
        var instances = Apps(root).Where(app => app.Text("id") is not null && app.At("instances") is not null)
            .ToDictionary(app => app.Text("id")!, app => app.At("instances")!, StringComparer.Ordinal);
        var tree = Present(root, "/");
        foreach (var group in stack.Groups)
        {
            Lay(Find(tree, group.Id), group.Json, group.Id, instances);
        }

        foreach (var app in stack.Apps)
        {
            var apps = List(Find(tree, ServicesPaths.Parent(app.Id)), "apps");
            foreach (var old in apps.Where(present => present.Text("id") == app.Id).ToList())
            {
                apps.Remove(old);
            }

            apps.Add(Keeping(app.Json.DeepClone().AsObject(), app.Id, instances));
        }

        var common = CommonGroup(stack.Groups.Select(group => group.Id).Concat(stack.Apps.Select(app => ServicesPaths.Parent(app.Id))));
        return new(common, Find(tree, common).DeepClone().AsObject());
    }

    /// <summary>Apps as <c>PUT /v2/apps</c> takes them.</summary>
    public static JsonArray AppList(JsonNode root, Stack stack)
    {
        var instances = Apps(root).Where(app => app.Text("id") is not null && app.At("instances") is not null)
            .ToDictionary(app => app.Text("id")!, app => app.At("instances")!, StringComparer.Ordinal);
        return [.. stack.Apps.Select(app => (JsonNode)Keeping(app.Json.DeepClone().AsObject(), app.Id, instances))];
    }

    /// <summary>The deepest group that holds all of them.</summary>
    internal static string CommonGroup(IEnumerable<string> groups)
    {
        string[]? common = null;
        foreach (var group in groups)
        {
            var segments = group.Split('/', StringSplitOptions.RemoveEmptyEntries);
            common = common is null ? segments : [.. common.Zip(segments).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First)];
        }

        return $"/{string.Join('/', common ?? [])}";
    }

    private static IEnumerable<JsonNode> Apps(JsonNode group) => group.Items("apps").Concat(group.Items("groups").SelectMany(Apps));

    /// <summary>A group of the answer as an update says it again.</summary>
    private static JsonObject Present(JsonNode group, string id)
    {
        var present = new JsonObject
        {
            ["id"] = id,
            ["apps"] = new JsonArray([.. group.Items("apps").OfType<JsonObject>().Select(AppFields.Definition)]),
            ["groups"] = new JsonArray([.. group.Items("groups").Select(child => Present(child, ServicesPaths.Within(id, child.Text("id") ?? "")))]),
        };
        foreach (var name in new[] { "dependencies", "enforceRole" })
        {
            if (group.At(name) is { } value)
            {
                present[name] = value.DeepClone();
            }
        }

        return present;
    }

    /// <summary>The group of an id in the tree; made when it is not there.</summary>
    private static JsonObject Find(JsonObject tree, string id)
    {
        var at = tree;
        var path = "";
        foreach (var segment in id.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            path = $"{path}/{segment}";
            var groups = List(at, "groups");
            var child = groups.OfType<JsonObject>().FirstOrDefault(group => group.Text("id") == path);
            if (child is null)
            {
                groups.Add(child = new JsonObject { ["id"] = path });
            }

            at = child;
        }

        return at;
    }

    private static void Lay(JsonObject present, JsonObject wanted, string id, Dictionary<string, JsonNode> instances)
    {
        foreach (var (name, value) in wanted.Where(field => field.Key is not ("id" or "apps" or "groups" or "version")).ToList())
        {
            present[name] = value?.DeepClone();
        }

        if (wanted["apps"] is JsonArray apps)
        {
            present["apps"] = new JsonArray([.. apps.Select(app => app is JsonObject one ? Named(one, id, instances) : app?.DeepClone())]);
        }

        if (wanted["groups"] is JsonArray groups)
        {
            var before = List(present, "groups").OfType<JsonObject>().ToList();
            var after = new JsonArray();
            foreach (var group in groups.OfType<JsonObject>())
            {
                var childId = ServicesPaths.Within(id, group.Text("id") ?? "");
                var child = before.FirstOrDefault(one => one.Text("id") == childId)?.DeepClone().AsObject() ?? new JsonObject { ["id"] = childId };
                Lay(child, group, childId, instances);
                after.Add(child);
            }

            present["groups"] = after;
        }
    }

    private static JsonObject Named(JsonObject app, string group, Dictionary<string, JsonNode> instances)
    {
        var definition = AppFields.Definition(app);
        if (app.Text("id") is not { } text)
        {
            return definition;
        }

        var id = ServicesPaths.Within(group, text);
        definition["id"] = id;
        return Keeping(definition, id, instances);
    }

    private static JsonObject Keeping(JsonObject app, string id, Dictionary<string, JsonNode> instances)
    {
        if (!app.ContainsKey("instances") && instances.TryGetValue(id, out var present))
        {
            app["instances"] = present.DeepClone();
        }

        return app;
    }

    private static JsonArray List(JsonObject group, string name)
    {
        if (group[name] is not JsonArray list)
        {
            group[name] = list = [];
        }

        return list;
    }
}
