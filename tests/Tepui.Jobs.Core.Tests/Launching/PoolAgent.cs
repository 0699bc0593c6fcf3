using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Resource = Tepui.Protocol.V1.Resource;

namespace Tepui.Jobs.Core.Tests.Launching;

/// <summary>An agent of a <see cref="Pool"/>.</summary>
/// <param name="total">All it has, as an offer.</param>
internal sealed class PoolAgent(Offer total)
{
    private readonly long[] _left = [.. total.Resources.Select(Amount)];

    /// <summary>Its id.</summary>
    public string Id => total.AgentId.Value;

    /// <summary>As it calls itself.</summary>
    public string Hostname => total.Hostname;

    /// <summary>Whether an offer of it is out.</summary>
    public bool IsOffered { get; set; }

    /// <summary>Not offered before.</summary>
    public DateTimeOffset NotBefore { get; set; } = DateTimeOffset.MinValue;

    /// <summary>Not offered before, whatever is revived.</summary>
    public DateTimeOffset PausedUntil { get; set; } = DateTimeOffset.MinValue;

    /// <summary>Whether there is anything to offer.</summary>
    public bool HasRoom => _left.Any(left => left > 0);

    /// <summary>Takes away what a task has.</summary>
    public void Use(IEnumerable<Resource> resources) => Change(resources, -1);

    /// <summary>Gives it back.</summary>
    public void Free(IEnumerable<Resource> resources) => Change(resources, 1);

    /// <summary>All that is left.</summary>
    public Offer Offer(string id)
    {
        var offer = total.Clone();
        offer.Id = new() { Value = id };
        for (var i = 0; i < _left.Length; i++)
        {
            offer.Resources[i].Scalar.Value = Thousandths.ToDouble(_left[i]);
        }

        return offer;
    }

    private static long Amount(Resource resource) => Thousandths.FromDouble(resource.Scalar.Value);

    private void Change(IEnumerable<Resource> resources, int sign)
    {
        foreach (var resource in resources)
        {
            var i = total.Resources.ToList().FindIndex(own => own.Name == resource.Name && own.Reservations.Equals(resource.Reservations));
            _left[i] += sign * Amount(resource);
            Assert.InRange(_left[i], 0, Amount(total.Resources[i]));
        }
    }
}
