using System.Collections.Frozen;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents;

/// <summary>Enums as documents write them.</summary>
internal static class Words
{
    private static readonly FrozenDictionary<string, ConstraintOperator> OperatorsByWord = new Dictionary<string, ConstraintOperator>(StringComparer.Ordinal)
    {
        ["UNIQUE"] = ConstraintOperator.Unique,
        ["CLUSTER"] = ConstraintOperator.Cluster,
        ["GROUP_BY"] = ConstraintOperator.GroupBy,
        ["LIKE"] = ConstraintOperator.Like,
        ["UNLIKE"] = ConstraintOperator.Unlike,
        ["MAX_PER"] = ConstraintOperator.MaxPer,
        ["IS"] = ConstraintOperator.Is,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All constraint operators, for messages.</summary>
    public static string OperatorNames => "CLUSTER, GROUP_BY, IS, LIKE, MAX_PER, UNIQUE, UNLIKE";

    public static bool TryOperator(string word, out ConstraintOperator result) => OperatorsByWord.TryGetValue(word, out result);

    public static string Of(ConstraintOperator value) => value switch
    {
        ConstraintOperator.Unique => "UNIQUE",
        ConstraintOperator.Cluster => "CLUSTER",
        ConstraintOperator.GroupBy => "GROUP_BY",
        ConstraintOperator.Like => "LIKE",
        ConstraintOperator.Unlike => "UNLIKE",
        ConstraintOperator.MaxPer => "MAX_PER",
        _ => "IS",
    };

    public static string Of(NetworkMode value) => value switch
    {
        NetworkMode.Host => "host",
        NetworkMode.Bridge => "container/bridge",
        _ => "container",
    };

    public static NetworkMode Mode(string? word) => word switch
    {
        "host" => NetworkMode.Host,
        "container/bridge" => NetworkMode.Bridge,
        _ => NetworkMode.Container,
    };

    public static string Of(HealthProtocol value) => value switch
    {
        HealthProtocol.Http => "HTTP",
        HealthProtocol.Https => "HTTPS",
        HealthProtocol.Tcp => "TCP",
        HealthProtocol.Command => "COMMAND",
        HealthProtocol.MesosHttp => "MESOS_HTTP",
        HealthProtocol.MesosHttps => "MESOS_HTTPS",
        _ => "MESOS_TCP",
    };

    public static HealthProtocol Protocol(string? word) => word switch
    {
        "HTTPS" => HealthProtocol.Https,
        "TCP" => HealthProtocol.Tcp,
        "COMMAND" => HealthProtocol.Command,
        "MESOS_HTTP" => HealthProtocol.MesosHttp,
        "MESOS_HTTPS" => HealthProtocol.MesosHttps,
        "MESOS_TCP" => HealthProtocol.MesosTcp,
        _ => HealthProtocol.Http,
    };

    public static string Of(KillSelection value) => value is KillSelection.OldestFirst ? "OLDEST_FIRST" : "YOUNGEST_FIRST";

    public static KillSelection Selection(string? word) => word == "OLDEST_FIRST" ? KillSelection.OldestFirst : KillSelection.YoungestFirst;

    public static string Of(DeploymentStrategy value) => value switch
    {
        DeploymentStrategy.Canary => "canary",
        DeploymentStrategy.BlueGreen => "blueGreen",
        _ => "rolling",
    };

    public static DeploymentStrategy Strategy(string? word) => word switch
    {
        "canary" => DeploymentStrategy.Canary,
        "blueGreen" => DeploymentStrategy.BlueGreen,
        _ => DeploymentStrategy.Rolling,
    };

    public static string Of(ScalingMetric value) => value switch
    {
        ScalingMetric.Mem => "mem",
        ScalingMetric.Http => "http",
        _ => "cpu",
    };

    public static ScalingMetric Metric(string? word) => word switch
    {
        "mem" => ScalingMetric.Mem,
        "http" => ScalingMetric.Http,
        _ => ScalingMetric.Cpu,
    };
}
