using Tepui.Master.Core.Offers;
using Tepui.Master.Core.Registry;
using Tepui.Model.Resources;
using Tepui.Protocol.Registry;
using Tepui.Protocol.V1;

namespace Tepui.Master.Core.Weighting;

/// <summary>Weights of roles.</summary>
internal static class Weights
{
    /// <summary>Sets weights at the wish of an operator: all of them, or none. If one is of a role in use, all offers are taken back and made anew.</summary>
    public static void Update(Turn turn, MasterInput.UpdateWeights input)
    {
        foreach (var weight in input.Weights)
        {
            if (Problem(turn.State.Options, weight) is { } problem)
            {
                turn.Reply(input.Request, 400, $"Failed to validate update weights request JSON for role '{weight.Role}': {problem}");
                return;
            }
        }

        var inUse = false;
        foreach (var weight in input.Weights)
        {
            Set(turn, weight.Role, weight.Weight);
            turn.Persist(RegistryKeys.Weight(weight.Role), new WeightEntry { Weight = weight.Weight });
            inUse |= turn.State.Frameworks.Live.Any(framework => framework.Roles.Contains(weight.Role, StringComparer.Ordinal));
        }

        if (inUse)
        {
            foreach (var offer in turn.State.Offers.ToArray())
            {
                Withdrawal.Rescind(turn, offer);
            }
        }

        turn.State.Changed();
        turn.Reply(input.Request, 200);
    }

    /// <summary>Sets one weight.</summary>
    public static void Set(Turn turn, string role, double weight)
    {
        turn.State.Roles.SetWeight(role, weight);
        turn.State.Allocator.SetWeight(role, weight);
    }

    private static string? Problem(MasterOptions options, WeightInfo weight) =>
        RoleRules.Problem(weight.Role) is { } wrong ? $"Invalid role '{weight.Role}': {wrong}"
            : options.Roles.Count > 0 && !options.Roles.Contains(weight.Role, StringComparer.Ordinal) ? $"Unknown role '{weight.Role}'"
            : !(weight.Weight > 0) || !double.IsFinite(weight.Weight) ? $"Invalid weight '{weight.Weight}': Weights must be positive"
            : null;
}
