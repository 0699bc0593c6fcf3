using Tepui.Protocol.Services;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tree;

/// <summary>What one change of the tree did to one app or pod.</summary>
/// <param name="Id">Which.</param>
/// <param name="Before">Version before; unset when it was made.</param>
/// <param name="After">Version after; unset when it was removed.</param>
public sealed record SpecChange(PathId Id, DateTimeOffset? Before, DateTimeOffset? After);

/// <summary>What one change of the tree did to one group, beside giving it a new version.</summary>
public sealed record GroupChange(PathId Id, Group? Before, Group? After);

/// <summary>What one change of the tree did.</summary>
public sealed record TreeChange(DateTimeOffset Version, IReadOnlyList<SpecChange> Specs, IReadOnlyList<GroupChange> Groups)
{
    /// <summary>Whether the group or anything below it was changed.</summary>
    public bool Touches(PathId group) =>
        Specs.Any(change => change.Id.IsBelow(group)) || Groups.Any(change => change.Id == group || change.Id.IsBelow(group));

    /// <summary>What turned one tree into another.</summary>
    public static TreeChange Between(ServiceTree before, ServiceTree after) => new(
        after.Version,
        [
            .. after.Specs.Where(pair => !ReferenceEquals(before.Spec(pair.Key), pair.Value)).Select(pair => new SpecChange(pair.Key, before.Spec(pair.Key)?.Version, pair.Value.Version)),
            .. before.Specs.Where(pair => after.Spec(pair.Key) is null).Select(pair => new SpecChange(pair.Key, pair.Value.Version, null)),
        ],
        [
            .. after.Groups.Where(pair => !ReferenceEquals(before.Group(pair.Key), pair.Value)).Select(pair => new GroupChange(pair.Key, before.Group(pair.Key), pair.Value)),
            .. before.Groups.Where(pair => after.Group(pair.Key) is null).Select(pair => new GroupChange(pair.Key, pair.Value, null)),
        ]);

    internal TreeChangeEntry Write()
    {
        var entry = new TreeChangeEntry { Version = Version.ToUnixTimeMilliseconds() };
        foreach (var change in Specs)
        {
            var spec = new TreeChangeEntry.Types.SpecChange { Id = change.Id.Value };
            if (change.Before is { } before)
            {
                spec.Before = before.ToUnixTimeMilliseconds();
            }

            if (change.After is { } after)
            {
                spec.After = after.ToUnixTimeMilliseconds();
            }

            entry.Specs.Add(spec);
        }

        entry.Groups.AddRange(Groups.Select(change => new TreeChangeEntry.Types.GroupChange
        {
            Id = change.Id.Value,
            Before = change.Before is null ? null : GroupEntries.Write(change.Before),
            After = change.After is null ? null : GroupEntries.Write(change.After),
        }));
        return entry;
    }

    internal static TreeChange Read(TreeChangeEntry entry) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(entry.Version),
        [.. entry.Specs.Select(change => new SpecChange(new(change.Id), Time(change.HasBefore, change.Before), Time(change.HasAfter, change.After)))],
        [.. entry.Groups.Select(change => new GroupChange(new(change.Id), change.Before is null ? null : GroupEntries.Read(change.Before), change.After is null ? null : GroupEntries.Read(change.After)))]);

    private static DateTimeOffset? Time(bool isSet, long millis) => isSet ? DateTimeOffset.FromUnixTimeMilliseconds(millis) : null;
}
