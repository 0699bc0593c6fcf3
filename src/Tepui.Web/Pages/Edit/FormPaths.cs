using System.Text.Json.Nodes;

namespace Tepui.Web.Pages.Edit;

/// <summary>Reaches into JSON by paths of members separated by dots.</summary>
internal static class FormPaths
{
    /// <summary>Mode of the first network.</summary>
    public const string NetworkMode = "networks.0.mode";

    /// <summary>Name of the first network.</summary>
    public const string NetworkName = "networks.0.name";

    /// <summary>Not a member: the addresses of all files to fetch.</summary>
    public const string FetchUris = "fetch";

    /// <summary>What lies at a path; null when nothing does.</summary>
    public static JsonNode? Get(JsonNode? root, string path)
    {
        foreach (var part in path.Split('.'))
        {
            root = root switch
            {
                JsonObject members => members[part],
                JsonArray items => int.TryParse(part, out var index) && index < items.Count ? items[index] : null,
                _ => null,
            };
        }

        return root;
    }

    /// <summary>Puts a value at a path, making objects on the way. Null takes it away, with the objects that become empty.</summary>
    public static void Set(JsonObject root, string path, JsonNode? value)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            if (value is null)
            {
                root.Remove(path);
            }
            else
            {
                root[path] = value;
            }

            return;
        }

        var (head, rest) = (path[..dot], path[(dot + 1)..]);
        if (root[head] is not JsonObject inner)
        {
            if (value is null)
            {
                return;
            }

            root[head] = inner = [];
        }

        Set(inner, rest, value);
        if (inner.Count == 0)
        {
            root.Remove(head);
        }
    }

    /// <summary>Where the services would complain about a path: <c>container.docker.image</c> is <c>/container/docker/image</c>.</summary>
    public static string Pointer(string path) => "/" + string.Join('/', path.Split('.'));
}
