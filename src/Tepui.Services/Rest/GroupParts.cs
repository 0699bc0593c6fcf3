using Tepui.Runtime.Rest;
using Tepui.Services.Rest.Json;

namespace Tepui.Services.Rest;

/// <summary>Which parts of groups an answer shows.</summary>
/// <param name="Groups">Groups below.</param>
/// <param name="Apps">Apps.</param>
/// <param name="Pods">Pods.</param>
/// <param name="OfApps">What is shown of apps beside definitions.</param>
internal sealed record GroupParts(bool Groups, bool Apps, bool Pods, Embeds OfApps)
{
    /// <summary>From the query of a request: all parts when none is named.</summary>
    public static GroupParts Read(RestCall call)
    {
        var names = call.All("embed");
        return new(
            names.Count == 0 || names.Contains("group.groups", StringComparer.Ordinal),
            names.Count == 0 || names.Contains("group.apps", StringComparer.Ordinal) || names.Any(name => name.StartsWith("group.apps.", StringComparison.Ordinal)),
            names.Count == 0 || names.Contains("group.pods", StringComparer.Ordinal),
            EmbedNames.OfGroups(call));
    }
}
