using Tepui.Agent.Core.Executors;
using Tepui.Agent.Core.Tasks;
using Tepui.Protocol.V1;
using CheckType = Tepui.Protocol.V1.CheckInfo.Types.Type;
using HealthType = Tepui.Protocol.V1.HealthCheck.Types.Type;

namespace Tepui.Agent.Core.Checks;

/// <summary>What to do for one run of a check; <see langword="null"/> when the check says nothing that can be done.</summary>
internal static class Probes
{
    public static ProbePlan? Plan(Turn turn, TaskRecord task, ProbeId id, CheckInfo info)
    {
        var plan = new ProbePlan { Id = id, Container = Plans.ForTask(turn, task), Timeout = Timeout(info.TimeoutSeconds) };
        return info switch
        {
            { Type: CheckType.Command, Command.Command_: { } command } => plan with { Command = command },
            { Type: CheckType.Http, Http: { } http } => Http(plan, "http", http.Port, http.Path),
            { Type: CheckType.Tcp, Tcp: { } tcp } => Tcp(plan, tcp.Port),
            _ => null,
        };
    }

    public static ProbePlan? Plan(Turn turn, TaskRecord task, ProbeId id, HealthCheck info)
    {
        var plan = new ProbePlan { Id = id, Container = Plans.ForTask(turn, task), Timeout = Timeout(info.TimeoutSeconds) };
        return info switch
        {
            { Type: HealthType.Command, Command: { } command } => plan with { Command = command },
            { Type: HealthType.Http, Http: { } http } =>
                Http(plan with { Ipv6 = IsIpv6(http.Protocol) }, http.HasScheme ? http.Scheme : "http", http.Port, http.Path),
            { Type: HealthType.Tcp, Tcp: { } tcp } => Tcp(plan with { Ipv6 = IsIpv6(tcp.Protocol) }, tcp.Port),
            _ => null,
        };
    }

    private static ProbePlan? Http(ProbePlan plan, string scheme, uint port, string path) =>
        Uri.TryCreate($"{scheme}://{(plan.Ipv6 ? "[::1]" : "127.0.0.1")}:{port}{path}", UriKind.Absolute, out var uri)
        && (uri.Scheme is "http" or "https")
            ? plan with { Http = uri }
            : null;

    private static ProbePlan? Tcp(ProbePlan plan, uint port) => port is > 0 and <= ushort.MaxValue ? plan with { TcpPort = (int)port } : null;

    private static bool IsIpv6(NetworkInfo.Types.Protocol protocol) => protocol == NetworkInfo.Types.Protocol.Ipv6;

    private static TimeSpan? Timeout(double seconds) => seconds > 0 ? Clock.Wait(seconds) : null;
}
