using Tepui.Model.Resources;
using Tepui.Protocol.V1;

namespace Tepui.Master.Http.Operator;

/// <summary>What weights may be set.</summary>
internal static class WeightRules
{
    private const string Prefix = "Failed to validate update weights request JSON";

    /// <summary>What is wrong with the first bad one of <paramref name="weights"/>, or <see langword="null"/> if nothing is.</summary>
    /// <param name="weights">What is asked for.</param>
    /// <param name="whitelist">Roles that may be used; empty means all.</param>
    public static string? Problem(IEnumerable<WeightInfo> weights, IReadOnlyCollection<string> whitelist)
    {
        foreach (var weight in weights)
        {
            if (RoleRules.Problem(weight.Role) is { } problem)
            {
                return $"{Prefix}: Invalid role '{weight.Role}': {problem}";
            }

            if (whitelist.Count > 0 && !whitelist.Contains(weight.Role, StringComparer.Ordinal))
            {
                return $"{Prefix} for role '{weight.Role}': Unknown role '{weight.Role}'; known roles are {string.Join(", ", whitelist)}";
            }

            if (!double.IsFinite(weight.Weight) || weight.Weight <= 0)
            {
                return $"{Prefix} for role '{weight.Role}': Invalid weight '{weight.Weight}': Weights must be positive";
            }
        }

        return null;
    }
}
