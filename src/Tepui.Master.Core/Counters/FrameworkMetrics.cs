using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;
using Call = Tepui.Protocol.V1.Scheduler.Call;
using Event = Tepui.Protocol.V1.Scheduler.Event;

namespace Tepui.Master.Core.Counters;

/// <summary>What one framework did since this master knows it, for metrics below <c>master/frameworks/NAME/ID/</c>.</summary>
internal sealed class FrameworkMetrics(string name, FrameworkId id)
{
    private readonly string _prefix = $"master/frameworks/{Uri.EscapeDataString(name)}/{id.Value}/";
    private readonly Dictionary<Event.Types.Type, long> _events = [];
    private readonly Dictionary<Call.Types.Type, long> _calls = [];
    private readonly Dictionary<Offer.Types.Operation.Types.Type, long> _operations = [];
    private readonly Dictionary<TaskState, long> _ended = [];

    /// <summary>Offers it got.</summary>
    public long OffersSent { get; set; }

    /// <summary>Offers it took.</summary>
    public long OffersAccepted { get; set; }

    /// <summary>Offers it declined.</summary>
    public long OffersDeclined { get; set; }

    /// <summary>Offers taken back from it.</summary>
    public long OffersRescinded { get; set; }

    /// <summary>An event was sent to it.</summary>
    public void Event(Event.Types.Type type) => Bump(_events, type);

    /// <summary>It made a call.</summary>
    public void Call(Call.Types.Type type) => Bump(_calls, type);

    /// <summary>It asked for an operation.</summary>
    public void Operation(Offer.Types.Operation.Types.Type type) => Bump(_operations, type);

    /// <summary>A task of it ended.</summary>
    public void TaskEnded(TaskState state) => Bump(_ended, state);

    /// <summary>Adds all counts under their names.</summary>
    public void AddTo(ImmutableSortedDictionary<string, long>.Builder all)
    {
        Add(all, "events", _events);
        Add(all, "calls", _calls);
        Add(all, "operations", _operations);
        foreach (var (state, count) in _ended)
        {
            all[$"{_prefix}tasks/terminal/{CounterNames.Snake(state.ToString())}"] = count;
        }

        all[_prefix + "offers/sent"] = OffersSent;
        all[_prefix + "offers/accepted"] = OffersAccepted;
        all[_prefix + "offers/declined"] = OffersDeclined;
        all[_prefix + "offers/rescinded"] = OffersRescinded;
    }

    private void Add<T>(ImmutableSortedDictionary<string, long>.Builder all, string what, Dictionary<T, long> counts)
        where T : struct, Enum
    {
        all[_prefix + what] = counts.Values.Sum();
        foreach (var (kind, count) in counts)
        {
            all[$"{_prefix}{what}/{CounterNames.Snake(kind.ToString())}"] = count;
        }
    }

    private static void Bump<T>(Dictionary<T, long> counts, T kind)
        where T : struct, Enum =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, kind, out _)++;
}
