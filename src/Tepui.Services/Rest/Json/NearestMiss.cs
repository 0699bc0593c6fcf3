using Tepui.Protocol.V1;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Rest.Json;

/// <summary>The offer that lacked least.</summary>
/// <param name="Offer">Which.</param>
/// <param name="Missing">What it lacked: name, wanted, offered.</param>
internal sealed record NearestMiss(UnusedOffer Offer, IReadOnlyList<(string Resource, double Wanted, double Offered)> Missing)
{
    /// <summary>Finds it among the last offers that did not do; <see langword="null"/> when there is none.</summary>
    public static NearestMiss? Find(RunSpec spec, IReadOnlyList<UnusedOffer> offers) => offers
        .Select(unused => new NearestMiss(unused, [.. Wanted(spec).Select(want => (want.Name, want.Amount, Offered(unused.Offer, want.Name))).Where(lack => lack.Item3 < lack.Amount)]))
        .OrderBy(miss => miss.Missing.Sum(lack => (lack.Wanted - lack.Offered) / lack.Wanted))
        .ThenBy(miss => miss.Offer.Reasons.Count)
        .FirstOrDefault();

    private static IEnumerable<(string Name, double Amount)> Wanted(RunSpec spec)
    {
        var demand = spec.Demand;
        return new[] { ("cpus", demand.Cpus), ("mem", demand.MemMb), ("disk", demand.DiskMb), ("gpus", demand.Gpus), ("ports", (double)Ports(spec)) }.Where(want => want.Item2 > 0);
    }

    private static int Ports(RunSpec spec) => spec switch
    {
        AppSpec { IsHostNetworked: true } app => app.PortDefinitions.Count,
        AppSpec app => app.Container?.PortMappings?.Count(mapping => mapping.HostPort is not null) ?? 0,
        PodSpec pod => pod.Containers.SelectMany(container => container.Endpoints).Count(endpoint => endpoint.HostPort is not null),
        _ => 0,
    };

    private static double Offered(Offer offer, string name) => offer.Resources.Where(resource => resource.Name == name).Sum(resource =>
        resource.Scalar?.Value ?? resource.Ranges?.Range.Sum(range => (double)(range.End - range.Begin + 1)) ?? 0);
}
