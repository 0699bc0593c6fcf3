using Tepui.Services.Core.Specs;

namespace Tepui.Services.Rest.Json;

/// <summary>Constraints for people.</summary>
internal static class ConstraintText
{
    /// <summary>As in <c>rack GROUP_BY 3</c>.</summary>
    public static string Of(Constraint constraint) => $"{constraint.Field} {Name(constraint.Operator)}{(constraint.Value is { Length: > 0 } value ? " " + value : "")}";

    private static string Name(ConstraintOperator name) => name switch
    {
        ConstraintOperator.GroupBy => "GROUP_BY",
        ConstraintOperator.MaxPer => "MAX_PER",
        _ => name.ToString().ToUpperInvariant(),
    };
}
