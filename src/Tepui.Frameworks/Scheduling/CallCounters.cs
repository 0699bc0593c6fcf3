using System.Collections.Concurrent;
using Tepui.Protocol.V1;
using Tepui.Runtime.Json;

namespace Tepui.Frameworks.Scheduling;

/// <summary>Counts what goes to and comes from the master, by metric name without prefix. Safe on any thread.</summary>
public sealed class CallCounters
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>All counts; those that never happened are missing.</summary>
    public IEnumerable<KeyValuePair<string, long>> All => _counts;

    /// <summary>Offers came.</summary>
    public void Offered(int count) => Add("mesos.offers.incoming", count);

    /// <summary>Offers were given back.</summary>
    public void Declined(int count) => Add("mesos.offers.declined", count);

    /// <summary>An offer was used.</summary>
    public void Accepted(IReadOnlyList<Offer.Types.Operation> operations)
    {
        Add("mesos.offers.used", 1);
        foreach (var operation in operations)
        {
            switch (operation.Type)
            {
                case Offer.Types.Operation.Types.Type.Launch:
                    Add("mesos.offer-operations.launch", 1);
                    Add("tasks.launched", operation.Launch.TaskInfos.Count);
                    break;
                case Offer.Types.Operation.Types.Type.LaunchGroup:
                    Add("mesos.offer-operations.launch-group", 1);
                    Add("tasks.launched", operation.LaunchGroup.TaskGroup.Tasks.Count);
                    break;
                case Offer.Types.Operation.Types.Type.Reserve:
                    Add("mesos.offer-operations.reserve", 1);
                    break;
            }
        }
    }

    /// <summary>Offers were wanted.</summary>
    public void Revived() => Add("mesos.calls.revive", 1);

    /// <summary>Offers were not wanted any more.</summary>
    public void Suppressed() => Add("mesos.calls.suppress", 1);

    /// <summary>An update of a task came.</summary>
    public void Updated(TaskState state) => Add("mesos.task-updates." + EnumName.Of(state).ToLowerInvariant(), 1);

    private void Add(string name, long count) => _counts.AddOrUpdate(name, count, (_, before) => before + count);
}
