using System.Buffers.Binary;
using Google.Protobuf;
using Tepui.Protocol.Link;
using Tepui.Protocol.V1;
using Attribute = Tepui.Protocol.V1.Attribute;

namespace Tepui.LoadTest.Agents;

/// <summary>What simulated agents say of themselves.</summary>
internal static class Registering
{
    /// <summary>The first frame of a new agent.</summary>
    /// <param name="number">Tells agents apart.</param>
    /// <param name="cpus">Cores it has.</param>
    /// <param name="memMb">Memory it has.</param>
    /// <param name="racks">Racks the agents are spread over; 0: they name none and have no ports.</param>
    /// <param name="diskMb">Disk it has; 0: it names none.</param>
    public static AgentFrame Frame(int number, double cpus, double memMb, int racks = 0, double diskMb = 0)
    {
        var info = new AgentInfo { Hostname = $"sim-{number}", Port = 5051 };
        info.Resources.Add(Scalar("cpus", cpus));
        info.Resources.Add(Scalar("mem", memMb));
        if (diskMb > 0)
        {
            info.Resources.Add(Scalar("disk", diskMb));
        }

        if (racks > 0)
        {
            info.Resources.Add(new Resource { Name = "ports", Type = Value.Types.Type.Ranges, Ranges = new() { Range = { new Value.Types.Range { Begin = 31_000, End = 32_000 } } } });
            info.Attributes.Add(new Attribute { Name = "rack", Type = Value.Types.Type.Text, Text = new() { Value = $"r{number % racks}" } });
        }

        var register = new AgentFrame.Types.Register { AgentInfo = info, Version = "0.1.0", Ip = "127.0.0.1" };
        foreach (var type in new[]
        {
            AgentInfo.Types.Capability.Types.Type.MultiRole,
            AgentInfo.Types.Capability.Types.Type.HierarchicalRole,
            AgentInfo.Types.Capability.Types.Type.ReservationRefinement,
        })
        {
            register.Capabilities.Add(new AgentInfo.Types.Capability { Type = type });
        }

        return new AgentFrame { Register = register };
    }

    /// <summary>A frame as it goes over the link.</summary>
    public static byte[] Framed(AgentFrame frame)
    {
        var bytes = new byte[4 + frame.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length - 4);
        frame.WriteTo(bytes.AsSpan(4));
        return bytes;
    }

    private static Resource Scalar(string name, double value) => new() { Name = name, Type = Value.Types.Type.Scalar, Scalar = new() { Value = value } };
}
