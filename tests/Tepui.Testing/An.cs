using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Capability = Tepui.Protocol.V1.AgentInfo.Types.Capability;

namespace Tepui.Testing;

/// <summary>Builders with valid defaults, for what begins with a vowel.</summary>
public static class An
{
    private static readonly Capability.Types.Type[] All =
    [
        Capability.Types.Type.MultiRole, Capability.Types.Type.HierarchicalRole, Capability.Types.Type.ReservationRefinement,
        Capability.Types.Type.TaskResourceLimits,
    ];

    /// <summary>The description of an agent without an id.</summary>
    public static AgentInfo Agent(string hostname = "host1", double cpus = 8, double mem = 8192, double disk = 20000, int port = 5051) => new()
    {
        Hostname = hostname,
        Port = port,
        Resources = { A.Ranges("ports", 31000, 32000), A.Scalar("cpus", cpus), A.Scalar("mem", mem), A.Scalar("disk", disk) },
    };

    /// <summary>The frame by which an agent joins.</summary>
    public static AgentFrame Arrival(AgentInfo? info = null, string ip = "10.0.0.1") => new()
    {
        Register = new() { AgentInfo = info ?? Agent(), Version = "0.1.0", Ip = ip, Capabilities = { Capabilities } },
    };

    /// <summary>The frame by which an agent comes back, with nothing running.</summary>
    public static AgentFrame.Types.Reregister Return(AgentInfo info, string ip = "10.0.0.1") => new()
    {
        AgentInfo = info,
        Version = "0.1.0",
        Ip = ip,
        EpochSeen = 1,
        Capabilities = { Capabilities },
    };

    private static IEnumerable<Capability> Capabilities => All.Select(static type => new Capability { Type = type });
}
