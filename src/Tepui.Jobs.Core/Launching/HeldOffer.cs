using Tepui.Model.Identifiers;
using Tepui.Model.Offers;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Launching;

/// <summary>An offer in hand, and what is left of it while runs are launched on it. What is reserved for the role is used first, so that what everybody may use stays free.</summary>
internal sealed class HeldOffer
{
    // The master takes calls of some ten MiB: so much goes into one, and one task more.
    private const int BytesMost = 4 * 1024 * 1024;

    private readonly List<Pile> _piles = [];
    private readonly List<TaskInfo> _tasks = [];
    private long _bytes;

    /// <summary>All of it is left at first.</summary>
    /// <param name="offer">As it came.</param>
    /// <param name="role">Role of all tasks.</param>
    /// <param name="number">Larger than that of every offer before.</param>
    /// <param name="since">When it came.</param>
    public HeldOffer(Offer offer, string role, long number, DateTimeOffset since)
    {
        Offer = offer;
        Id = OfferId.From(offer.Id);
        Agent = AgentId.From(offer.AgentId);
        Number = number;
        Since = since;
        foreach (var resource in offer.Resources)
        {
            if (resource.Name is "cpus" or "mem" or "disk")
            {
                var pile = new Pile(resource);
                if (pile is { IsPlain: true, IsLabelled: false } && pile.IsFor(role))
                {
                    _piles.Insert(pile.ReservedFor is null ? _piles.Count : 0, pile);
                }
            }
        }

        Left = new(Sum("cpus"), Sum("mem"), Sum("disk"));
    }

    /// <summary>As it came.</summary>
    public Offer Offer { get; }

    /// <summary>Which.</summary>
    public OfferId Id { get; }

    /// <summary>Where.</summary>
    public AgentId Agent { get; }

    /// <summary>Larger than that of every offer before.</summary>
    public long Number { get; }

    /// <summary>When it came.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>What our role may still use of it.</summary>
    public Amounts Left { get; private set; }

    /// <summary>Not to be used, whatever it has.</summary>
    public bool IsUnfit { get; set; }

    /// <summary>What is launched on it in this step.</summary>
    public IReadOnlyList<TaskInfo> Tasks => _tasks;

    /// <summary>Whether a task that takes so much can be launched on it in this step.</summary>
    public bool Holds(Amounts amounts) => _bytes < BytesMost && Left.Holds(amounts);

    /// <summary>A task is launched on it.</summary>
    public void Add(TaskInfo task)
    {
        _tasks.Add(task);
        _bytes += task.CalculateSize();
    }

    /// <summary>Cuts off what a task takes, which is there.</summary>
    public IReadOnlyList<Resource> Take(Amounts amounts)
    {
        Left = Left.Without(amounts);
        var taken = new List<Resource>(3);
        Take("cpus", amounts.Cpus, taken);
        Take("mem", amounts.Mem, taken);
        Take("disk", amounts.Disk, taken);
        return taken;
    }

    private long Sum(string name) => _piles.Where(pile => pile.Name == name).Sum(pile => pile.Scalar);

    private void Take(string name, long amount, List<Resource> taken)
    {
        foreach (var pile in _piles)
        {
            if (amount > 0 && pile.Scalar > 0 && pile.Name == name)
            {
                var part = Math.Min(amount, pile.Scalar);
                taken.Add(pile.Take(part));
                amount -= part;
            }
        }
    }
}
