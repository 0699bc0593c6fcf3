using System.Globalization;
using System.Text.RegularExpressions;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Rest.Json;

/// <summary>Constraints for people, and what can be said of them for an agent alone.</summary>
internal static class ConstraintText
{
    private static readonly TimeSpan MatchMax = TimeSpan.FromMilliseconds(100);

    /// <summary>As in <c>rack GROUP_BY 3</c>.</summary>
    public static string Of(Constraint constraint) => $"{constraint.Field} {Name(constraint.Operator)}{(constraint.Value is { Length: > 0 } value ? " " + value : "")}";

    /// <summary>Whether an agent could satisfy the constraint, other instances left aside.</summary>
    public static bool MayHold(Constraint constraint, Offer offer)
    {
        var value = ValueOf(constraint.Field, offer);
        return constraint.Operator switch
        {
            ConstraintOperator.Like => value is not null && Matches(constraint.Value, value),
            ConstraintOperator.Unlike => value is null || !Matches(constraint.Value, value),
            ConstraintOperator.Is => value == constraint.Value,
            ConstraintOperator.Cluster => value is not null && (constraint.Value is not { Length: > 0 } wanted || wanted == value),
            _ => value is not null,
        };
    }

    private static string Name(ConstraintOperator name) => name switch
    {
        ConstraintOperator.Unique => "UNIQUE",
        ConstraintOperator.Cluster => "CLUSTER",
        ConstraintOperator.GroupBy => "GROUP_BY",
        ConstraintOperator.Like => "LIKE",
        ConstraintOperator.Unlike => "UNLIKE",
        ConstraintOperator.MaxPer => "MAX_PER",
        _ => "IS",
    };

    private static bool Matches(string? pattern, string value)
    {
        try
        {
            return Regex.IsMatch(value, $"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MatchMax);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static string? ValueOf(string field, Offer offer) => field switch
    {
        "hostname" or "@hostname" => offer.Hostname,
        "@region" => offer.Domain?.FaultDomain?.Region?.Name,
        "@zone" => offer.Domain?.FaultDomain?.Zone?.Name,
        _ => offer.Attributes.FirstOrDefault(attribute => attribute.Name == field) is { } found ? ValueOf(found) : null,
    };

    private static string? ValueOf(Protocol.V1.Attribute attribute) =>
        attribute.Text?.Value
        ?? attribute.Scalar?.Value.ToString("0.###", CultureInfo.InvariantCulture)
        ?? (attribute.Ranges is { } ranges ? $"[{string.Join(',', ranges.Range.OrderBy(range => range.Begin).Select(range => $"{range.Begin}-{range.End}"))}]" : null)
        ?? (attribute.Set is { } set ? $"{{{string.Join(',', set.Item.Order(StringComparer.Ordinal))}}}" : null);
}
