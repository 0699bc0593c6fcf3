using Tepui.Protocol.V1;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Launching.Tasks;
using Tepui.Services.Core.Matching;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Launching;

/// <summary>Offers that came together, and the specs that wait: one instance per offer and round, the specs in turn, so that instances spread and no spec starves another.</summary>
internal sealed class OfferBatch
{
    private static readonly IReadOnlyList<Gate> AllReserved = [Gate.NoCorrespondingReservationFound];
    private readonly Turn _turn;
    private readonly List<WaitingSpec> _specs;
    private readonly MatchContext[] _contexts;
    private int _next;

    /// <summary>Takes note of the agents, and of what may be launched now.</summary>
    public OfferBatch(Turn turn, IReadOnlyList<Offer> offers)
    {
        _turn = turn;
        _specs = turn.State.Queue.Ready(turn.Now);
        var places = new List<OfferPlace>(offers.Count);
        foreach (var offer in offers)
        {
            var (host, number) = turn.State.Agents.Offered(offer, turn.Now);
            var place = new OfferPlace(offer, new(host, RoleOf(offer), offer.Resources, offer.Unavailability), number, _specs.Count);
            place.Operations.AddRange(ReservationCleanup.Of(turn, place.Site));
            places.Add(place);
        }

        Places = places;
        _contexts = [.. _specs.Select(Context)];
    }

    /// <summary>The offers, in the order they came.</summary>
    public IReadOnlyList<OfferPlace> Places { get; }

    /// <summary>Launches as much as fits.</summary>
    public void Launch()
    {
        var open = new List<OfferPlace>(Places);
        while (open.Count > 0)
        {
            open.RemoveAll(place => !LaunchOne(place));
        }
    }

    private static string? RoleOf(Offer offer) => offer.AllocationInfo is { HasRole: true } allocation ? allocation.Role : null;

    // The values to spread over are counted once for the batch.
    private MatchContext Context(WaitingSpec waiting)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        return new(_turn.State.Options, _turn.Now, _turn.State.Framework, field =>
        {
            if (!known.TryGetValue(field, out var count))
            {
                known[field] = count = _turn.State.Agents.Values(field, waiting.Since, _turn.Now);
            }

            return count;
        });
    }

    private bool LaunchOne(OfferPlace place)
    {
        if (place.Launched >= _turn.State.Options.MaxInstancesPerOffer)
        {
            return false;
        }

        for (var i = 0; i < _specs.Count; i++)
        {
            var index = (_next + i) % _specs.Count;
            if (_specs[index].Count > 0 && !place.IsRejected(index) && TryLaunch(place, index))
            {
                _next = (index + 1) % _specs.Count;
                return true;
            }
        }

        place.IsExhausted = true;
        return false;
    }

    private bool TryLaunch(OfferPlace place, int index)
    {
        var waiting = _specs[index];
        var plan = waiting.Plan(_turn.State.Options);
        var instance = plan.Spec.IsResident ? Residents.Choose(_turn, waiting, place.Site) : _turn.State.Instances.Find(waiting.Instances.Waiting.First(waiting.Config)!.Value)!;
        var problems = instance is null ? AllReserved : Matcher.Problems(_contexts[index], plan, waiting.Instances.Placement(waiting.Config), instance, place.Site);
        if (problems is { } reasons)
        {
            if (place.Reject(index))
            {
                waiting.Offers.Rejected(place.Agent, place.Offer, reasons, _turn.Now);
            }

            return false;
        }

        if (place.Use(index))
        {
            waiting.Offers.Accepted(place.Agent, _turn.Now);
        }

        if (plan.Spec.IsResident && !instance!.IsReserved)
        {
            place.Operations.AddRange(Residents.Reserve(_turn, plan, instance, place.Site));
            place.HasReserved = true;
            place.Launched++;
        }
        else
        {
            Launch(place, waiting, plan, instance!);
        }

        return true;
    }

    // What is launched is written down first: the effect that sends it comes after the effects that persist it.
    private void Launch(OfferPlace place, WaitingSpec waiting, LaunchPlan plan, Instance instance)
    {
        var state = _turn.State;
        var launched = instance with
        {
            SpecVersion = waiting.Spec.Version,
            Condition = Condition.Provisioned,
            Since = _turn.Now,
            Host = place.Site.Host,
            Launches = instance.Launches + 1,
            Healthy = null,
            Ready = false,
            ActiveSince = null,
        };
        var parts = Allotment.Take(plan, place.Site, instance.IsReserved ? instance.Id.Value : null, state.Random);
        if (instance.IsReserved)
        {
            var volumes = Residents.Volumes(_turn, plan, instance, place.Site);
            parts = [.. parts.Select(part => part.Part.Name == plan.VolumePart ? part with { Resources = [.. part.Resources, .. volumes] } : part)];
        }

        var order = new LaunchOrder(state.Options, state.Framework, EnforcesRole(waiting.Spec), launched, place.Site.Host, parts, state.Random);
        var result = waiting.Spec is PodSpec pod ? PodLaunch.Of(order, pod, _turn.Now) : AppLaunch.Of(order, (AppSpec)waiting.Spec, _turn.Now);
        launched = launched with { Tasks = result.Tasks };
        state.Instances.Replace(_turn, launched);
        state.Queue.Progressed(_turn, launched);
        waiting.Held = null;
        place.Operations.Add(result.Operation);
        place.Launched++;
    }

    private bool EnforcesRole(RunSpec spec) => spec.Id.Parent is { IsRoot: false } parent && _turn.State.Catalog.Tree.Group(parent.FirstLevel)?.EnforceRole is true;
}
