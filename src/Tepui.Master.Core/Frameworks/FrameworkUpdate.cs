using Tepui.Master.Core.Offers;
using Tepui.Master.Core.Registry;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Core.Frameworks;

/// <summary>A framework changes its description without subscribing anew.</summary>
internal static class FrameworkUpdate
{
    /// <summary>Applies UPDATE_FRAMEWORK. Returns what is wrong with it, or <see langword="null"/>.</summary>
    public static string? Update(Turn turn, Framework framework, Call.Types.UpdateFramework call)
    {
        var info = call.FrameworkInfo;
        if (!info.HasPrincipal && framework.Info.HasPrincipal)
        {
            info = info.Clone();
            info.Principal = framework.Info.Principal;
        }

        if (FrameworkProblems.Any(turn.State.Options, info, call.SuppressedRoles, call.OfferConstraints) is { } problem)
        {
            return problem;
        }

        if (FrameworkProblems.Change(framework.Info, info) is { } change)
        {
            return $"FrameworkInfo update is not valid: {change}";
        }

        framework.Info = info;
        Subscription.Wishes(framework, call.SuppressedRoles, call.OfferConstraints);
        Pool.Update(turn, framework);
        foreach (var offer in framework.Offers.ToArray())
        {
            if (!framework.Roles.Contains(offer.Role, StringComparer.Ordinal))
            {
                Withdrawal.Rescind(turn, offer);
            }
        }

        framework.Touch();
        turn.State.Changed();
        turn.Persist(RegistryKeys.Of(framework.Id), RegistryKeys.Entry(framework, removed: false));
        FrameworkEvents.TellAgents(turn, framework);
        turn.Publish(FrameworkEvents.Updated(framework));
        return null;
    }
}
