using Tepui.Model.Resources;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Quota;

namespace Tepui.Master.Http.Operator;

/// <summary>What quotas may be asked for.</summary>
internal static class QuotaRules
{
    /// <summary>What is wrong with the first bad one of <paramref name="configs"/>, or <see langword="null"/> if nothing is.</summary>
    public static string? Problem(IEnumerable<QuotaConfig> configs) =>
        configs.Select(Problem).FirstOrDefault(problem => problem is not null);

    /// <summary>What is wrong with a quota in the older form, or <see langword="null"/> if nothing is.</summary>
    public static string? Problem(QuotaRequest request)
    {
        const string Prefix = "Failed to validate set quota request: ";
        if (request.Role.Length == 0)
        {
            return Prefix + "QuotaInfo with invalid role: Role names cannot be the empty string";
        }

        if (RoleRules.Problem(request.Role) is { } problem)
        {
            return $"{Prefix}QuotaInfo with invalid role: {problem}";
        }

        if (request.Guarantee.Any(resource => resource.Type != Value.Types.Type.Scalar))
        {
            return Prefix + "QuotaInfo must not include non-scalar resources";
        }

        return request.Role.Contains('/') ? Nested(request.Role) : null;
    }

    private static string? Problem(QuotaConfig config)
    {
        const string Prefix = "Invalid QuotaConfig: ";
        if (RoleRules.Problem(config.Role) is { } role)
        {
            return $"{Prefix}Invalid 'QuotaConfig.role': {role}";
        }

        if (Negative(config.Guarantees) is { } guarantee)
        {
            return $"{Prefix}Invalid guarantee configuration {guarantee}: Negative values not supported";
        }

        if (Negative(config.Limits) is { } limit)
        {
            return $"{Prefix}Invalid limit configuration {limit}: Negative values not supported";
        }

        if (config.Guarantees.Any(some => config.Limits.TryGetValue(some.Key, out var most) && some.Value.Value > most.Value))
        {
            return $"{Prefix}'QuotaConfig.guarantees' {Text(config.Guarantees)} is not contained within the 'QuotaConfig.limits' {Text(config.Limits)}";
        }

        return config.Role.Contains('/') ? Nested(config.Role) : null;
    }

    private static string Nested(string role) => $"Updating quota on nested role '{role}' is not supported yet";

    private static string? Negative(IEnumerable<KeyValuePair<string, Value.Types.Scalar>> quantities)
    {
        foreach (var (name, quantity) in quantities)
        {
            if (quantity.Value < 0)
            {
                return $"{{'{name}': {quantity.Value}}}";
            }
        }

        return null;
    }

    private static string Text(IEnumerable<KeyValuePair<string, Value.Types.Scalar>> quantities) =>
        $"{{ {string.Join("; ", quantities.OrderBy(some => some.Key, StringComparer.Ordinal).Select(some => $"{some.Key}: {some.Value.Value}"))} }}";
}
