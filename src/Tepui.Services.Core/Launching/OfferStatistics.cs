using Tepui.Protocol.V1;
using Tepui.Services.Core.Matching;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Core.Launching;

/// <summary>What became of the offers that one waiting spec saw.</summary>
internal sealed class OfferStatistics
{
    private const int UnusedKept = 10;
    private const byte Unseen = 0;
    private const byte Used = 1;
    private const byte FirstGate = 2;
    private static readonly Gate[] Gates = Enum.GetValues<Gate>();

    private readonly long[] _sinceStart = new long[Gates.Length];
    private readonly long[] _byLastOffer = new long[Gates.Length];
    private readonly List<byte> _lastByAgent = [];
    private readonly (Offer Offer, DateTimeOffset At, IReadOnlyList<Gate> Reasons)[] _unused = new (Offer, DateTimeOffset, IReadOnlyList<Gate>)[UnusedKept];
    private long _processed;
    private long _unusedCount;
    private long _agents;
    private DateTimeOffset? _lastUnused;
    private DateTimeOffset? _lastUsed;
    private OfferSummary? _summary;

    /// <summary>An offer was used.</summary>
    public void Accepted(int agent, DateTimeOffset now)
    {
        _processed++;
        _lastUsed = now;
        Last(agent, Used);
        _summary = null;
    }

    /// <summary>An offer did not do.</summary>
    /// <param name="agent">Number of its agent.</param>
    /// <param name="offer">Which.</param>
    /// <param name="reasons">Why; the first counts.</param>
    /// <param name="now">When.</param>
    public void Rejected(int agent, Offer offer, IReadOnlyList<Gate> reasons, DateTimeOffset now)
    {
        _processed++;
        _lastUnused = now;
        _sinceStart[(int)reasons[0]]++;
        Last(agent, (byte)(FirstGate + (int)reasons[0]));
        _unused[_unusedCount % UnusedKept] = (offer, now, reasons);
        _unusedCount++;
        _summary = null;
    }

    /// <summary>For readers; the same object until something changes.</summary>
    public OfferSummary Summary() => _summary ??= new()
    {
        Processed = _processed,
        Unused = _unusedCount,
        LastUnusedAt = _lastUnused,
        LastUsedAt = _lastUsed,
        LastOffers = Funnel(_byLastOffer, _agents),
        SinceLaunchAttempt = Funnel(_sinceStart, _processed),
        LastUnused = LastUnused(),
    };

    private UnusedOffer[] LastUnused()
    {
        var kept = new UnusedOffer[Math.Min(_unusedCount, UnusedKept)];
        for (var i = 0; i < kept.Length; i++)
        {
            var (offer, at, reasons) = _unused[(_unusedCount - 1 - i) % UnusedKept];
            kept[i] = new(offer, at, [.. reasons.Select(reason => reason.ToString())]);
        }

        return kept;
    }

    private static RejectionCount[] Funnel(long[] declined, long left)
    {
        var result = new RejectionCount[Gates.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = new(Gates[i].ToString(), declined[i], left);
            left -= declined[i];
        }

        return result;
    }

    private void Last(int agent, byte outcome)
    {
        while (_lastByAgent.Count <= agent)
        {
            _lastByAgent.Add(Unseen);
        }

        var before = _lastByAgent[agent];
        _agents += before == Unseen ? 1 : 0;
        if (before >= FirstGate)
        {
            _byLastOffer[before - FirstGate]--;
        }

        if (outcome >= FirstGate)
        {
            _byLastOffer[outcome - FirstGate]++;
        }

        _lastByAgent[agent] = outcome;
    }
}
