using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents.Rules;

/// <summary>What may not change of an app or pod whose instances keep volumes on agents.</summary>
internal static class ResidentRules
{
    public static void Check(AppSpec before, AppSpec after, bool force, Problems problems)
    {
        problems.Require(SpecComparison.SameVolumes(before, after), "/", "persistent volumes must not change; remove the app to drop them");
        problems.Require(SamePorts(HostPorts(before), HostPorts(after)), "/", "ports on the agent must not change with persistent volumes: they are reserved");
        Same(before.Cpus, after.Cpus, "/cpus", problems);
        Same(before.Mem, after.Mem, "/mem", problems);
        Same(before.Disk, after.Disk, "/disk", problems);
        Same(before.Gpus, after.Gpus, "/gpus", problems);
        problems.Require(before.RequirePorts == after.RequirePorts, "/requirePorts", "must not change with persistent volumes");
        Role(before, after, force, problems);
    }

    /// <summary>The role of a resident app or pod.</summary>
    public static void Role(RunSpec before, RunSpec after, bool force, Problems problems) => problems.Require(
        force || before.Role == after.Role, "/role", $"must not change from '{before.Role}' to '{after.Role}' with persistent volumes; with force=true it does, and their data may be lost");

    private static void Same(double before, double after, string path, Problems problems) =>
        problems.Require(before == after, path, $"must not change from {before} to {after} with persistent volumes: the resources are reserved");

    // 0 asks for any port, so for the one that it has.
    private static bool SamePorts(int[] before, int[] after) =>
        before.Length == after.Length && before.Zip(after).All(pair => pair.First == pair.Second || pair.Second == 0);

    private static int[] HostPorts(AppSpec app) => app.IsHostNetworked
        ? [.. app.PortDefinitions.Select(port => app.RequirePorts ? port.Port : 0)]
        : [.. app.Container?.PortMappings?.Where(port => port.HostPort is not null).Select(port => port.HostPort!.Value) ?? []];
}
