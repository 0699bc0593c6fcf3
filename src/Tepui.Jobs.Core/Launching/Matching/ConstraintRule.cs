using System.Globalization;
using System.Text.RegularExpressions;
using Tepui.Jobs.Core.Specs;
using Tepui.Model.Offers;
using Tepui.Protocol.V1;

namespace Tepui.Jobs.Core.Launching.Matching;

/// <summary>A placement constraint, ready to be judged. An agent without the attribute never meets it, not even UNLIKE; every agent has its hostname.</summary>
/// <remarks>Regular expressions match whole values. Of a set every item is a value; ranges match no expression, be it wanted or not.</remarks>
internal sealed class ConstraintRule
{
    private const string HostnameField = "hostname";
    private const string EqualsOperator = "EQUALS";
    private const string LikeOperator = "LIKE";
    private const string UnlikeOperator = "UNLIKE";
    private readonly Regex? _pattern;

    /// <summary>Prepares it.</summary>
    public ConstraintRule(Constraint constraint)
    {
        Constraint = constraint;
        _pattern = constraint.Operator == EqualsOperator ? null : ConstraintPattern.Parse(constraint.Value, out _);
    }

    /// <summary>As in the spec.</summary>
    public Constraint Constraint { get; }

    /// <summary>Whether its operator is one that is known; others are kept and ignored.</summary>
    public static bool HasEffect(Constraint constraint) => constraint.Operator is EqualsOperator or LikeOperator or UnlikeOperator;

    /// <summary>Whether an agent meets it.</summary>
    /// <param name="hostname">Its name; an attribute called hostname goes before.</param>
    /// <param name="attributes">Its attributes; of one given twice EQUALS sees both, the others the first.</param>
    public bool Allows(string hostname, IReadOnlyList<Protocol.V1.Attribute> attributes)
    {
        var found = false;
        foreach (var attribute in attributes)
        {
            if (attribute.Name == Constraint.Attribute)
            {
                found = true;
                if (Constraint.Operator != EqualsOperator)
                {
                    return Judge(attribute);
                }

                if (Values(attribute).Contains(Constraint.Value, StringComparer.Ordinal))
                {
                    return true;
                }
            }
        }

        return !found && Constraint.Attribute == HostnameField && Judge([hostname]);
    }

    /// <summary>What an agent has under the attribute, for people; <see langword="null"/> if nothing.</summary>
    public string? ValueAt(string hostname, IReadOnlyList<Protocol.V1.Attribute> attributes) =>
        attributes.FirstOrDefault(attribute => attribute.Name == Constraint.Attribute) is { } found ? AttributeValues.Text(found)
        : Constraint.Attribute == HostnameField ? hostname : null;

    /// <summary>For people.</summary>
    public override string ToString() => $"{Constraint.Attribute} {Constraint.Operator} {Constraint.Value}";

    private bool Judge(Protocol.V1.Attribute attribute) => attribute.Type != Value.Types.Type.Ranges && Judge(Values(attribute));

    private bool Judge(IEnumerable<string> values)
    {
        if (Constraint.Operator == EqualsOperator)
        {
            return values.Contains(Constraint.Value, StringComparer.Ordinal);
        }

        return _pattern is { } pattern && values.Any(pattern.IsMatch) == (Constraint.Operator == LikeOperator);
    }

    // A whole number is also known with its decimal point, as others write it.
    private static IEnumerable<string> Values(Protocol.V1.Attribute attribute) => attribute.Type switch
    {
        Value.Types.Type.Scalar => [AttributeValues.Text(attribute), (attribute.Scalar?.Value ?? 0).ToString("0.0##", CultureInfo.InvariantCulture)],
        Value.Types.Type.Set => attribute.Set?.Item ?? [],
        _ => [AttributeValues.Text(attribute)],
    };
}
