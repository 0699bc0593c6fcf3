namespace Tepui.Services.Core.Specs;

/// <summary>Names an app, a pod or a group: an absolute path such as <c>/prod/db/main</c>. The root group is <c>/</c>.</summary>
/// <remarks>Compares and sorts ordinally. The default value is no id at all and prints as <c>(no id)</c>.</remarks>
public readonly record struct PathId(string Value) : IComparable<PathId>
{
    /// <summary>The root group.</summary>
    public static PathId Root { get; } = new("/");

    /// <summary>Whether this is an id, and not the default value.</summary>
    public bool IsSet => !string.IsNullOrEmpty(Value);

    /// <summary>Whether this is the root group.</summary>
    public bool IsRoot => Value == "/";

    /// <summary>The path segments, outermost first; none for the root.</summary>
    public IReadOnlyList<string> Segments => IsRoot || !IsSet ? [] : Value[1..].Split('/');

    /// <summary>The last segment; empty for the root.</summary>
    public string Name => IsRoot ? "" : Value[(Value.LastIndexOf('/') + 1)..];

    /// <summary>The group that holds this; the root is its own parent.</summary>
    public PathId Parent => Value.LastIndexOf('/') is var slash and > 0 ? new(Value[..slash]) : Root;

    /// <summary>The group right below the root that this is or lies in; the root for ids right below the root that are no groups is for the caller to tell.</summary>
    public PathId FirstLevel => IsRoot ? Root : new(Value.IndexOf('/', 1) is var slash and > 0 ? Value[..slash] : Value);

    /// <summary>Whether this lies somewhere below <paramref name="group"/> (not the group itself).</summary>
    public bool IsBelow(PathId group) =>
        group.IsRoot ? !IsRoot : Value.Length > group.Value.Length && Value[group.Value.Length] == '/' && Value.StartsWith(group.Value, StringComparison.Ordinal);

    /// <summary>Resolves <paramref name="path"/>: absolute with a leading slash, otherwise relative to <paramref name="group"/>; <c>..</c> climbs, doubled slashes collapse.</summary>
    public static PathId Resolve(string path, PathId group)
    {
        var segments = new List<string>(path.StartsWith('/') ? [] : group.Segments);
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == "..")
            {
                if (segments.Count > 0)
                {
                    segments.RemoveAt(segments.Count - 1);
                }
            }
            else if (segment != ".")
            {
                segments.Add(segment);
            }
        }

        return new("/" + string.Join('/', segments));
    }

    /// <summary>The path with its slashes as underscores and without the first, as instance ids begin: <c>prod_db_main</c>.</summary>
    public string Underscored => Value.TrimStart('/').Replace('/', '_');

    /// <summary>The segments innermost first, joined by dots, as tasks are named: <c>main.db.prod</c>.</summary>
    public string TaskName => string.Join('.', Segments.Reverse());

    /// <inheritdoc/>
    public int CompareTo(PathId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => IsSet ? Value : "(no id)";
}
