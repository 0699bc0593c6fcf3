using System.Globalization;
using System.Text.RegularExpressions;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Matching;

/// <summary>A placement constraint, ready to be judged.</summary>
internal sealed class ConstraintRule
{
    private readonly Dictionary<string, bool> _matches = new(StringComparer.Ordinal);
    private readonly Regex? _pattern;
    private readonly int _instances;
    private readonly int _number;

    /// <summary>Prepares it.</summary>
    /// <param name="constraint">As in the spec.</param>
    /// <param name="instances">How many instances shall run: what an even spread is worked out from.</param>
    public ConstraintRule(Constraint constraint, int instances)
    {
        Constraint = constraint;
        _instances = instances;
        _ = int.TryParse(constraint.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _number);
        _pattern = constraint.Operator is ConstraintOperator.Like or ConstraintOperator.Unlike ? ConstraintPattern.Parse(constraint.Value ?? "", out _) : null;
    }

    /// <summary>As in the spec.</summary>
    public Constraint Constraint { get; }

    /// <summary>Whether a further instance may go to the host.</summary>
    /// <param name="host">Where.</param>
    /// <param name="placed">Where the others are.</param>
    /// <param name="known">How many values of a field there are to spread over.</param>
    public bool Allows(Host host, PlacementCounts placed, Func<string, int> known)
    {
        var field = Constraint.Field;
        if (HostField.Of(host, field) is not { } value)
        {
            return Constraint.Operator == ConstraintOperator.Unlike;
        }

        return Constraint.Operator switch
        {
            ConstraintOperator.Unique => !placed.By(field).Has(value),
            ConstraintOperator.Cluster => string.IsNullOrEmpty(Constraint.Value) ? Joins(placed.By(field), value) : value == Constraint.Value,
            ConstraintOperator.GroupBy => Spreads(placed.By(field), value, known),
            ConstraintOperator.MaxPer => placed.By(field).Of(value) < _number,
            ConstraintOperator.Is => Equals(value),
            ConstraintOperator.Like => Matches(value),
            _ => _pattern is not null && !Matches(value),
        };
    }

    /// <summary>Whether a value meets a constraint that looks at no other instance (LIKE, UNLIKE, IS).</summary>
    public bool Meets(string? value) => Constraint.Operator switch
    {
        ConstraintOperator.Like => value is not null && Matches(value),
        ConstraintOperator.Unlike => value is null || (_pattern is not null && !Matches(value)),
        _ => value is not null && Equals(value),
    };

    private static bool Joins(ValueCounts placed, string value) => placed.Values == 0 || placed.Has(value);

    // Each group gets its share of the instances; as many groups as there are left-over instances get one more.
    private bool Spreads(ValueCounts placed, string value, Func<string, int> known)
    {
        var groups = _number > 0 ? _number : Math.Max(1, Math.Max(known(Constraint.Field), placed.Values));
        var (share, rest) = Math.DivRem(_instances, groups);
        var count = placed.Of(value);
        if (count == 0 && placed.Values >= groups)
        {
            return false;
        }

        return count < share || (count == share && placed.Above(share) < rest);
    }

    private bool Equals(string value) =>
        value == Constraint.Value
        || (double.TryParse(Constraint.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && AttributeValues.Number(number) == value);

    private bool Matches(string value)
    {
        if (_pattern is null)
        {
            return false;
        }

        if (!_matches.TryGetValue(value, out var matches))
        {
            _matches[value] = matches = _pattern.IsMatch(value);
        }

        return matches;
    }
}
