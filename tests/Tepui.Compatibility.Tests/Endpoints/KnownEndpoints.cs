using System.Net;

namespace Tepui.Compatibility.Tests.Endpoints;

/// <summary>The v0 endpoints of master and agent.</summary>
internal static class KnownEndpoints
{
    private const string Cpus = """[{"name":"cpus","type":"SCALAR","scalar":{"value":1}}]""";

    private static readonly Endpoint[] Shared =
    [
        new("GET", "/health"),
        new("GET", "/version", "also as long as the agent recovers; version is 1.12.0, git_tag names the build"),
        new("GET", "/flags"),
        new("GET", "/metrics/snapshot", "without a rate limit; everything is at hand, so `timeout` is only checked"),
        new("GET", "/system/stats.json"),
        new("GET", "/files/browse"),
        new("GET", "/files/read"),
        new("GET", "/files/download"),
        new("GET", "/files/debug"),
        new("GET", "/logging/toggle"),
        new("GET", "/help", "one page of paths; there is no page per path") { Partly = true },
        new("GET", "/__processes__", "names the component; there are no actors to list") { Partly = true },
        new("GET", "/profiler/start", "use dotnet-trace"),
        new("GET", "/profiler/stop", "use dotnet-trace"),
        new("GET", "/memory-profiler/start", "use dotnet-gcdump; so for all of /memory-profiler"),
    ];

    public static IReadOnlyList<Endpoint> Master(string agent) =>
    [
        new("GET", "/", "Tepui's own page, not Mesos' files below /app and /assets") { Elsewhere = true, Partly = true },
        new("GET", "/redirect"),
        new("GET", "/state"),
        new("GET", "/state-summary"),
        new("GET", "/slaves"),
        new("GET", "/frameworks"),
        new("GET", "/tasks"),
        new("GET", "/roles", "`quota` has no guarantee or limit") { Partly = true },
        new("GET", "/weights"),
        new("PUT", "/weights", Body: """[{"role":"w","weight":2}]"""),
        new("GET", "/quota", "always `{}`") { Partly = true },
        new("POST", "/quota", "checked, then refused", """{"role":"q","guarantee":[{"name":"cpus","type":"SCALAR","scalar":{"value":1}}]}"""),
        new("DELETE", "/quota/ROLE", "no role has a quota") { NotYet = true },
        new("POST", "/reserve", "", Form(agent, "resources", Cpus)),
        new("POST", "/unreserve", "", Form(agent, "resources", Cpus)),
        new("POST", "/create-volumes", "", Form(agent, "volumes", Cpus)),
        new("POST", "/destroy-volumes", "", Form(agent, "volumes", Cpus)),
        new("POST", "/teardown", "", "frameworkId=x"),
        new("POST", "/machine/down", "no schedule can be set yet", """[{"hostname":"x"}]""") { NotYet = true },
        new("POST", "/machine/up", "no schedule can be set yet", """[{"hostname":"x"}]""") { NotYet = true },
        new("GET", "/maintenance/schedule", "always `{}`") { Partly = true },
        new("POST", "/maintenance/schedule", "only the empty schedule is taken", """{"windows":[{"machine_ids":[{"hostname":"x"}],"unavailability":{"start":{"nanoseconds":1}}}]}"""),
        new("GET", "/maintenance/status", "always `{}`") { Partly = true },
        new("GET", "/registrar(1)/registry"),
        new("GET", "/ALLOCATOR/offer_constraints_debug"),
        .. Shared,
    ];

    public static IReadOnlyList<Endpoint> Agent { get; } =
    [
        new("GET", "/state"),
        new("GET", "/containers"),
        new("GET", "/monitor/statistics", "without a rate limit"),
        new("GET", "/containerizer/debug"),
        .. Shared,
    ];

    private static string Form(string agent, string member, string json) => $"slaveId={WebUtility.UrlEncode(agent)}&{member}={WebUtility.UrlEncode(json)}";
}
