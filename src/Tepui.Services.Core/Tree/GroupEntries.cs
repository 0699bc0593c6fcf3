using Tepui.Protocol.Services;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tree;

/// <summary>Groups as the store holds them.</summary>
internal static class GroupEntries
{
    /// <summary>As stored.</summary>
    public static GroupEntry Write(Group group)
    {
        var entry = new GroupEntry { Id = group.Id.Value, Version = group.Version.ToUnixTimeMilliseconds() };
        entry.Dependencies.AddRange(group.Dependencies.Select(dependency => dependency.Value));
        if (group.EnforceRole is { } enforce)
        {
            entry.EnforceRole = enforce;
        }

        return entry;
    }

    /// <summary>From the store.</summary>
    public static Group Read(GroupEntry entry) => new(
        new PathId(entry.Id),
        [.. entry.Dependencies.Select(dependency => new PathId(dependency))],
        entry.HasEnforceRole ? entry.EnforceRole : null,
        DateTimeOffset.FromUnixTimeMilliseconds(entry.Version));
}
