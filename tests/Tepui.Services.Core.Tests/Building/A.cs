using Tepui.Model.Identifiers;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tests.Building;

/// <summary>Builders with valid defaults.</summary>
internal static class A
{
    /// <summary>Where time begins in tests.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly IReadOnlyDictionary<string, string> NoLabels = new Dictionary<string, string>();

    /// <summary>An app on the agent's network with one dynamic port; change what matters with <c>with</c>.</summary>
    public static AppSpec App(string id = "/web", int instances = 1, double cpus = 0.1, double mem = 32) => new()
    {
        Id = new(id),
        Cmd = "sleep 1000",
        Cpus = cpus,
        Mem = mem,
        Instances = instances,
        Version = Start,
        LastConfigChangeAt = Start,
        LastScalingAt = Start,
        Networks = [new(NetworkMode.Host, null, NoLabels)],
        PortDefinitions = [Port()],
    };

    /// <summary>A pod with one plain container.</summary>
    public static PodSpec Pod(string id = "/pod", int instances = 1) => new()
    {
        Id = new(id),
        Instances = instances,
        Version = Start,
        LastConfigChangeAt = Start,
        LastScalingAt = Start,
        Containers = [new() { Name = "main", Shell = "sleep 1000", Cpus = 0.1, Mem = 32 }],
        ExecutorResources = ExecutorResources.Default,
    };

    /// <summary>A port definition.</summary>
    public static PortDefinition Port(int port = 10000, string? name = "default", string protocol = "tcp") => new(port, name, protocol, NoLabels);

    /// <summary>A port mapping.</summary>
    public static PortMapping Mapping(int containerPort = 80, int? hostPort = 0, int servicePort = 10000, string? name = null, string protocol = "tcp") =>
        new(containerPort, hostPort, servicePort, protocol, name, NoLabels, []);

    /// <summary>A constraint.</summary>
    public static Constraint Constraint(string field, ConstraintOperator rule, string? value = null) => new(field, rule, value);

    /// <summary>An instance that waits for an offer.</summary>
    public static Instance Instance(RunSpec spec, int number = 1) => new()
    {
        Id = new($"{spec.Id.Underscored}.instance-{number:d12}"),
        Spec = spec.Id,
        SpecVersion = spec.Version,
        ConfigVersion = spec.LastConfigChangeAt,
        Role = spec.Role,
        Condition = Condition.Scheduled,
        Since = spec.Version,
    };

    /// <summary>A host.</summary>
    public static Host Host(string name = "host1", string? region = null, string? zone = null, params (string Name, string Value)[] attributes) =>
        new(new AgentId("agent-" + name), name, region, zone, attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value));
}
