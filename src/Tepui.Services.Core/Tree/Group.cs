using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tree;

/// <summary>A group of apps, pods and groups.</summary>
/// <param name="Id">Which.</param>
/// <param name="Dependencies">Groups whose apps are deployed before those of this one.</param>
/// <param name="EnforceRole">First-level groups: apps below use the group's name as their role.</param>
/// <param name="Version">Time of the last change of the group or of anything below.</param>
public sealed record Group(PathId Id, IReadOnlyList<PathId> Dependencies, bool? EnforceRole, DateTimeOffset Version);
