using System.Globalization;
using System.Text;
using Tepui.Services.Core.Documents.Schemas;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Rules;

/// <summary>What ids may look like.</summary>
internal static class IdRules
{
    private static readonly string[] Reserved = ["restart", "tasks", "versions", ".", ".."];

    /// <summary>For messages.</summary>
    public const string Allowed = "segments are lower-case letters, digits, '-' and inner '.', each part beginning and ending with a letter or digit";

    /// <summary>Reports what is wrong with the id of an app or pod.</summary>
    /// <param name="id">The id.</param>
    /// <param name="container">The longest name of a container in its task ids.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public static void Check(PathId id, string container, string path, Problems problems)
    {
        if (id.IsRoot)
        {
            problems.Add(path, "must not be the root; give it a name such as /web");
            return;
        }

        CheckSegments(id, path, problems);
        CheckLength(id, container, path, problems);
        problems.Require(!Reserved.Contains(id.Name, StringComparer.Ordinal), path, $"must not end in '{id.Name}', which names a part of the API");
    }

    /// <summary>Reports what is wrong with the id of a group.</summary>
    public static void CheckGroup(PathId id, string path, Problems problems)
    {
        CheckSegments(id, path, problems);
        CheckLength(id, TaskIds.AppContainer, path, problems);
    }

    private static void CheckSegments(PathId id, string path, Problems problems)
    {
        foreach (var segment in id.Segments)
        {
            problems.Require(Patterns.PathSegment.IsMatch(segment), path, $"'{segment}' in '{id}' is not allowed: {Allowed}");
        }
    }

    // Agents make directories of task ids, and the store's keys have a limit too.
    private static void CheckLength(PathId id, string container, string path, Problems problems)
    {
        var length = Encoding.UTF8.GetByteCount(id.Underscored);
        var most = TaskIds.BytesMax - TaskIds.BytesBeside(container);
        problems.Require(length <= most, path, string.Create(CultureInfo.InvariantCulture, $"has {length} bytes without the first slash; at most {most} are allowed, so that task ids have at most {TaskIds.BytesMax}"));
    }
}
