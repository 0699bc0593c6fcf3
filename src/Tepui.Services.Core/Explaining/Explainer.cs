using Tepui.Protocol.V1;
using Tepui.Services.Core.Matching;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Core.Explaining;

/// <summary>Says why instances of a spec find no place: judges every agent by the rules that judge offers.</summary>
public static class Explainer
{
    private static readonly Gate[] Gates = Enum.GetValues<Gate>();

    /// <summary>Judges all agents for one more instance of a spec.</summary>
    /// <param name="view">What runs.</param>
    /// <param name="spec">An app or pod.</param>
    /// <param name="options">Of the core.</param>
    /// <param name="free">What is free on each agent at about the same time, as if it were offered.</param>
    public static Explanation Explain(ServicesView view, RunSpec spec, ServicesOptions options, IReadOnlyList<Offer> free)
    {
        var agents = free.Select(offer => (Host: Host.Read(offer), Offer: offer)).ToList();
        var situation = new Situation(view, spec, options, [.. agents.Select(agent => agent.Host)]);
        var judged = agents.Select(agent => Judge(situation, agent.Host, agent.Offer)).ToList();
        var fitting = judged.Count(agent => agent.Problems is null);
        var nearest = fitting > 0 ? null : judged.MinBy(agent => agent.Distance);
        return new()
        {
            Agents = judged.Count,
            Fitting = fitting,
            Reasons = ExplanationText.Of(situation, judged, nearest, view.Queue.FirstOrDefault(item => item.Spec.Id == spec.Id)),
            Rejections = Funnel(judged),
            Nearest = nearest is null ? null : new(nearest.Host, [.. nearest.Problems!.Select(gate => gate.ToString())], nearest.Missing),
            Constraints = [.. situation.Plan.Constraints.Select(rule => new ConstraintLeft(rule.Constraint, judged.Count(agent => rule.Allows(agent.Host, situation.Placed, situation.Context.KnownValues))))],
        };
    }

    private static JudgedAgent Judge(Situation situation, Host host, Offer offer)
    {
        var site = new Site(host, null, offer.Resources, offer.Unavailability);
        var problems = situation.Problems(site);
        return new(host, offer.Resources, problems, problems is null ? [] : Shortages.Of(situation.Plan, site));
    }

    private static RejectionCount[] Funnel(List<JudgedAgent> judged)
    {
        var left = (long)judged.Count;
        var counts = new RejectionCount[Gates.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            var declined = judged.LongCount(agent => agent.Problems?[0] == Gates[i]);
            counts[i] = new(Gates[i].ToString(), declined, left);
            left -= declined;
        }

        return counts;
    }
}
