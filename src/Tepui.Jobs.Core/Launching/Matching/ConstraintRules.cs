using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Launching.Matching;

/// <summary>All constraints of a demand, ready to be judged.</summary>
internal sealed class ConstraintRules
{
    private readonly ConstraintRule[] _rules;

    private ConstraintRules(ConstraintRule[] rules) => _rules = rules;

    /// <summary>No constraints.</summary>
    public static ConstraintRules None { get; } = new([]);

    /// <summary>Whether every agent meets them.</summary>
    public bool IsEmpty => _rules.Length == 0;

    /// <summary>Those of a job that have an effect.</summary>
    public static ConstraintRules Of(IReadOnlyList<Constraint> constraints) =>
        constraints.Any(ConstraintRule.HasEffect) ? new([.. constraints.Where(ConstraintRule.HasEffect).Select(constraint => new ConstraintRule(constraint))]) : None;

    /// <summary>Whether an agent meets them all.</summary>
    public bool Allow(string hostname, IReadOnlyList<Protocol.V1.Attribute> attributes)
    {
        foreach (var rule in _rules)
        {
            if (!rule.Allows(hostname, attributes))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first that an agent does not meet, if there is one.</summary>
    public ConstraintRule? FirstUnmet(string hostname, IReadOnlyList<Protocol.V1.Attribute> attributes) => Array.Find(_rules, rule => !rule.Allows(hostname, attributes));
}
