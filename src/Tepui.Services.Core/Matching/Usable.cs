using Resource = Tepui.Protocol.V1.Resource;

namespace Tepui.Services.Core.Matching;

/// <summary>What of a site one spec may use.</summary>
internal readonly struct Usable
{
    private readonly List<MarkedPile> _piles;
    private readonly LaunchPlan _plan;
    private readonly string? _owner;
    private readonly bool _isToReserve;

    /// <summary>What may be used.</summary>
    /// <param name="site">Where.</param>
    /// <param name="plan">For what.</param>
    /// <param name="owner">Only what is reserved for this instance counts for amounts, when set.</param>
    public Usable(Site site, LaunchPlan plan, string? owner)
        : this(site.Piles, plan, owner)
    {
    }

    private Usable(List<MarkedPile> piles, LaunchPlan plan, string? owner)
    {
        _piles = piles;
        _plan = plan;
        _owner = owner;
    }

    private Usable(Site site, LaunchPlan plan, bool isToReserve)
        : this(site.Piles, plan, null) => _isToReserve = isToReserve;

    /// <summary>What may be reserved: only what is reserved for nobody.</summary>
    public static Usable ForReservation(Site site, LaunchPlan plan) => new(site, plan, isToReserve: true);

    /// <summary>The same for ports, which are never reserved for an instance.</summary>
    public Usable ForPorts() => _isToReserve ? new(_piles, _plan, _owner) : this;

    /// <summary>Whether there is anything.</summary>
    public bool Any()
    {
        foreach (var pile in _piles)
        {
            if (IsPlainFor(pile) || (_owner is not null && pile.Owner?.Instance == _owner))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How much there is, thousandths.</summary>
    public long Amount(string name)
    {
        var sum = 0L;
        foreach (var pile in _piles)
        {
            sum += pile.Name == name && Counts(pile) ? pile.Scalar : 0;
        }

        return sum;
    }

    /// <summary>How many ports there are.</summary>
    public long CountPorts()
    {
        var sum = 0L;
        foreach (var pile in _piles)
        {
            sum += pile.Name == "ports" && IsPlainFor(pile) ? pile.Ports.Count : 0;
        }

        return sum;
    }

    /// <summary>The ports there are, reserved ones first.</summary>
    public IEnumerable<MarkedPile> PortPiles()
    {
        foreach (var pile in _piles)
        {
            if (pile.Name == "ports" && IsPlainFor(pile) && !pile.Ports.IsEmpty)
            {
                yield return pile;
            }
        }
    }

    /// <summary>Whether a pile is neither revocable, nor shared, nor kept for some instance, and its reservation will do.</summary>
    public bool Accepts(MarkedPile pile) =>
        pile.Wire.Revocable is null && pile.Wire.Shared is null && pile.Owner is null
        && (pile.ReservedFor is null
            ? _plan.AcceptsUnreserved || _isToReserve
            : !_isToReserve && _plan.AcceptsReserved && pile.IsFor(_plan.Spec.Role));

    /// <summary>Cuts an amount off, which is there.</summary>
    public void Take(string name, long amount, List<Resource> taken)
    {
        foreach (var pile in _piles)
        {
            if (amount > 0 && pile.Name == name && pile.Scalar > 0 && Counts(pile))
            {
                var part = Math.Min(amount, pile.Scalar);
                taken.Add(pile.Take(part));
                amount -= part;
            }
        }
    }

    private bool Counts(MarkedPile pile) => _owner is null ? IsPlainFor(pile) : pile.IsPlain && pile.Owner?.Instance == _owner;

    private bool IsPlainFor(MarkedPile pile) => pile.IsPlain && Accepts(pile);
}
