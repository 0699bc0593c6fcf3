using Tepui.Runtime.Rest;

namespace Tepui.Services.Rest.Json;

/// <summary>Which parts of apps an answer shows.</summary>
[Flags]
internal enum Embeds
{
    /// <summary>The definition alone.</summary>
    None = 0,

    /// <summary>Tasks.</summary>
    Tasks = 1,

    /// <summary>How many instances are how far.</summary>
    Counts = 2,

    /// <summary>Ids of deployments under way.</summary>
    Deployments = 4,

    /// <summary>Results of readiness checks.</summary>
    Readiness = 8,

    /// <summary>The last failed task.</summary>
    LastTaskFailure = 16,

    /// <summary>Statistics over tasks.</summary>
    TaskStats = 32,

    /// <summary>What apps suffer from, and what the autoscaler does with them.</summary>
    Conditions = 64,
}

/// <summary>Reads names of parts.</summary>
internal static class EmbedNames
{
    private static readonly string[] AppPrefixes = ["group.apps.", "apps.", "app.", ""];

    /// <summary>Parts of apps that a request for apps names.</summary>
    public static Embeds OfApps(RestCall call) => OfApps(call.All("embed")) | Extras(call);

    /// <summary>Parts of apps that a request for groups names.</summary>
    public static Embeds OfGroups(RestCall call) => OfGroups(call.All("embed")) | Extras(call);

    /// <summary>Parts of apps named in the query of an app; unknown names are ignored.</summary>
    public static Embeds OfApps(IEnumerable<string> names) => names.Aggregate(Embeds.None, (embeds, name) =>
        embeds | Named(name[AppPrefixes.First(prefix => name.StartsWith(prefix, StringComparison.Ordinal)).Length..]));

    /// <summary>Parts of apps named in the query of a group; there the prefix <c>group.apps.</c> is needed.</summary>
    public static Embeds OfGroups(IEnumerable<string> names) => names.Aggregate(Embeds.None, (embeds, name) =>
        name.StartsWith(AppPrefixes[0], StringComparison.Ordinal) ? embeds | Named(name[AppPrefixes[0].Length..]) : embeds);

    private static Embeds Extras(RestCall call) => call.WantsExtras ? Embeds.Conditions : Embeds.None;

    private static Embeds Named(string name) => name switch
    {
        "tasks" => Embeds.Tasks | Embeds.Deployments,
        "counts" => Embeds.Counts,
        "deployments" => Embeds.Deployments,
        "readiness" => Embeds.Readiness,
        "lastTaskFailure" or "failures" => Embeds.LastTaskFailure,
        "taskStats" => Embeds.TaskStats,
        _ => Embeds.None,
    };
}
