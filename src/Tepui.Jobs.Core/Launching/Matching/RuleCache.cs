using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Launching.Matching;

/// <summary>Constraints made ready, by the text of their demand: expressions are dear to prepare, and the same jobs come again and again.</summary>
internal sealed class RuleCache
{
    private const int Most = 1000;
    private readonly Dictionary<string, ConstraintRules> _rules = new(StringComparer.Ordinal);

    /// <summary>The rules of a job.</summary>
    /// <param name="demand">Of the job.</param>
    /// <param name="job">The job.</param>
    public ConstraintRules Of(Demand demand, JobSpec job)
    {
        if (demand.Constraints.Length == 0)
        {
            return ConstraintRules.None;
        }

        if (!_rules.TryGetValue(demand.Constraints, out var rules))
        {
            if (_rules.Count >= Most)
            {
                _rules.Clear();
            }

            _rules[demand.Constraints] = rules = ConstraintRules.Of(job.Constraints);
        }

        return rules;
    }
}
