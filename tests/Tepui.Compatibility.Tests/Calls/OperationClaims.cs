using Tepui.Compatibility.Tests.Documents;

namespace Tepui.Compatibility.Tests.Calls;

/// <summary>What can stand in an ACCEPT.</summary>
internal static class OperationClaims
{
    public static IReadOnlyList<Claim> All { get; } =
    [
        new("LAUNCH", "commands and executors of the framework, with URIs, environment, limits on resources checked, checks and health checks; no container images, volumes or networks", Partly: true),
        new("LAUNCH_GROUP", "with the default executor, which is part of the agent here", Partly: true),
        new("RESERVE"),
        new("UNRESERVE"),
        new("CREATE"),
        new("DESTROY"),
        new("GROW_VOLUME"),
        new("SHRINK_VOLUME"),
        new("CREATE_DISK"),
        new("DESTROY_DISK"),
    ];

    private const string Disk = """{"name":"disk","type":"SCALAR","scalar":{"value":1}}""";

    /// <summary>Operations as JSON, all but the launches, each with an id that is its name.</summary>
    public static string Json { get; } = string.Join(
        ',',
        Of("RESERVE", $$""" "reserve":{"resources":[{{Disk}}]} """),
        Of("UNRESERVE", $$""" "unreserve":{"resources":[{{Disk}}]} """),
        Of("CREATE", $$""" "create":{"volumes":[{{Disk}}]} """),
        Of("DESTROY", $$""" "destroy":{"volumes":[{{Disk}}]} """),
        Of("GROW_VOLUME", $$""" "grow_volume":{"volume":{{Disk}},"addition":{{Disk}}} """),
        Of("SHRINK_VOLUME", $$""" "shrink_volume":{"volume":{{Disk}},"subtract":{"value":1} } """),
        Of("CREATE_DISK", $$""" "create_disk":{"source":{{Disk}},"target_type":"MOUNT"} """),
        Of("DESTROY_DISK", $$""" "destroy_disk":{"source":{{Disk}}} """));

    private static string Of(string type, string member) => $$"""{"type":"{{type}}","id":{"value":"{{type}}"},{{member}}}""";
}
