using Tepui.Services.Core.Documents.Schemas;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Rules;

/// <summary>What ids may look like.</summary>
internal static class IdRules
{
    private static readonly string[] Reserved = ["restart", "tasks", "versions", ".", ".."];

    /// <summary>For messages.</summary>
    public const string Allowed = "segments are lower-case letters, digits, '-' and inner '.', each part beginning and ending with a letter or digit";

    /// <summary>Reports what is wrong with the id of an app or pod.</summary>
    public static void Check(PathId id, string path, Problems problems)
    {
        if (id.IsRoot)
        {
            problems.Add(path, "must not be the root; give it a name such as /web");
            return;
        }

        CheckSegments(id, path, problems);
        problems.Require(!Reserved.Contains(id.Name, StringComparer.Ordinal), path, $"must not end in '{id.Name}', which names a part of the API");
    }

    /// <summary>Reports segments that ids do not have.</summary>
    public static void CheckSegments(PathId id, string path, Problems problems)
    {
        foreach (var segment in id.Segments)
        {
            problems.Require(Patterns.PathSegment.IsMatch(segment), path, $"'{segment}' in '{id}' is not allowed: {Allowed}");
        }
    }
}
