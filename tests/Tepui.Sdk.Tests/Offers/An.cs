using Tepui.Protocol.V1;

namespace Tepui.Sdk.Tests.Offers;

/// <summary>Offers for tests.</summary>
internal static class An
{
    public static Offer Offer(double cpus, double mem, (ulong Begin, ulong End)? ports = null, string id = "o-1")
    {
        var offer = new Offer { Id = new() { Value = id }, AgentId = new() { Value = "a-" + id }, FrameworkId = new() { Value = "f" }, Hostname = "h" };
        offer.Resources.Add(Scalar("cpus", cpus));
        offer.Resources.Add(Scalar("mem", mem));
        if (ports is var (begin, end))
        {
            var resource = new Resource { Name = "ports", Type = Value.Types.Type.Ranges, Ranges = new() };
            resource.Ranges.Range.Add(new Value.Types.Range { Begin = begin, End = end });
            offer.Resources.Add(resource);
        }

        return offer;
    }

    private static Resource Scalar(string name, double value) => new() { Name = name, Type = Value.Types.Type.Scalar, Scalar = new() { Value = value } };
}
