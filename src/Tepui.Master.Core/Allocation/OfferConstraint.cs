using System.Diagnostics.CodeAnalysis;
using Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Core.Allocation;

/// <summary>Which agents a framework wants to be offered in one role: those that satisfy all constraints of some group.</summary>
public sealed class OfferConstraint
{
    /// <summary>Longest regular expression, in characters.</summary>
    public const int RegexLengthMax = 1024;

    private readonly AgentConstraint[][] _groups;

    private OfferConstraint(AgentConstraint[][] groups) => _groups = groups;

    /// <summary>From the wire, whose shape (groups that are not empty, selectors and predicates present) has been checked; <paramref name="problem"/> says which regular expression cannot be used.</summary>
    public static bool TryCompile(
        OfferConstraints.Types.RoleConstraints wire,
        [NotNullWhen(true)] out OfferConstraint? constraint,
        [NotNullWhen(false)] out string? problem)
    {
        var groups = new List<AgentConstraint[]>();
        foreach (var group in wire.Groups)
        {
            var all = new List<AgentConstraint>();
            foreach (var attribute in group.AttributeConstraints)
            {
                if (!AgentConstraint.TryCompile(attribute, out var compiled, out problem))
                {
                    constraint = null;
                    return false;
                }

                all.Add(compiled);
            }

            groups.Add([.. all]);
        }

        constraint = new([.. groups]);
        problem = null;
        return true;
    }

    /// <summary>Whether the agent may be offered.</summary>
    public bool Admits(AgentTraits agent)
    {
        foreach (var group in _groups)
        {
            if (Array.TrueForAll(group, constraint => constraint.Admits(agent)))
            {
                return true;
            }
        }

        return false;
    }
}
