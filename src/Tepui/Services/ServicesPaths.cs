using Tepui.Terminal;

namespace Tepui.Services;

/// <summary>Ids as people type them, and where the REST API keeps what they name.</summary>
internal static class ServicesPaths
{
    /// <summary>The absolute form: <c>web</c> and <c>/web/</c> are <c>/web</c>.</summary>
    /// <exception cref="CommandFailure">The id names nothing.</exception>
    public static string Absolute(string id)
    {
        var segments = id.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return segments.Length > 0 ? $"/{string.Join('/', segments)}" : throw new CommandFailure(ExitCode.Usage, $"the id '{id}' names nothing; ids look like /shop/web");
    }

    /// <summary>The same, for groups: <c>/</c> is the group of everything.</summary>
    public static string AbsoluteGroup(string id) => $"/{string.Join('/', id.Split('/', StringSplitOptions.RemoveEmptyEntries))}";

    /// <summary>An id below a group: absolute ones stay, others are told from the group's.</summary>
    public static string Within(string group, string id)
    {
        if (id.StartsWith('/'))
        {
            return AbsoluteGroup(id);
        }

        var segments = group.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        foreach (var segment in id.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment != "..")
            {
                segments.Add(segment);
            }
            else if (segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
        }

        return $"/{string.Join('/', segments)}";
    }

    /// <summary>The group that an absolute id lies in.</summary>
    public static string Parent(string id) => id.LastIndexOf('/') is > 0 and var end ? id[..end] : "/";

    /// <summary><c>/v2/apps/shop/web</c></summary>
    public static string App(string id, string rest = "") => $"/v2/apps{Escape(Absolute(id))}{rest}";

    /// <summary><c>/v2/pods/shop/web</c></summary>
    public static string Pod(string id, string rest = "") => $"/v2/pods{Escape(Absolute(id))}{rest}";

    /// <summary><c>/v2/groups/shop</c>, or <c>/v2/groups</c> for all.</summary>
    public static string Group(string id) => AbsoluteGroup(id) is var absolute && absolute == "/" ? "/v2/groups" : $"/v2/groups{Escape(absolute)}";

    /// <summary><c>/v2/deployments/ID</c></summary>
    public static string Deployment(string id, string rest = "") => $"/v2/deployments/{Uri.EscapeDataString(id)}{rest}";

    private static string Escape(string absolute) => string.Join('/', absolute.Split('/').Select(Uri.EscapeDataString));
}
