using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Tepui.Protocol.V1;
using PredicateCase = Tepui.Protocol.V1.Scheduler.AttributeConstraint.Types.Predicate.PredicateOneofCase;
using PseudoattributeType = Tepui.Protocol.V1.Scheduler.AttributeConstraint.Types.Selector.Types.PseudoattributeType;
using Scheduler = Tepui.Protocol.V1.Scheduler;

namespace Tepui.Master.Core.Allocation;

/// <summary>One condition a framework sets on an attribute of agents, ready to be checked.</summary>
/// <remarks>A condition on text holds for an attribute that is not text: it cannot be judged, and the framework sees the offer.</remarks>
internal sealed class AgentConstraint
{
    private readonly Scheduler.AttributeConstraint _wire;
    private readonly Regex? _regex;

    private AgentConstraint(Scheduler.AttributeConstraint wire, Regex? regex)
    {
        _wire = wire;
        _regex = regex;
    }

    public static bool TryCompile(
        Scheduler.AttributeConstraint wire,
        [NotNullWhen(true)] out AgentConstraint? constraint,
        [NotNullWhen(false)] out string? problem)
    {
        Regex? regex = null;
        problem = wire.Predicate.PredicateCase switch
        {
            PredicateCase.TextMatches => CompileRegex(wire.Predicate.TextMatches.Regex, out regex),
            PredicateCase.TextNotMatches => CompileRegex(wire.Predicate.TextNotMatches.Regex, out regex),
            _ => null,
        };
        constraint = problem is null ? new(wire.Clone(), regex) : null;
        return problem is null;
    }

    public bool Admits(AgentTraits agent)
    {
        var found = Find(agent, out var text);
        return _wire.Predicate.PredicateCase switch
        {
            PredicateCase.Exists => found,
            PredicateCase.NotExists => !found,
            PredicateCase.TextEquals => found && (text is null || text == _wire.Predicate.TextEquals.Value),
            PredicateCase.TextNotEquals => !found || text is null || text != _wire.Predicate.TextNotEquals.Value,
            PredicateCase.TextMatches => found && (text is null || _regex!.IsMatch(text)),
            PredicateCase.TextNotMatches => !found || text is null || !_regex!.IsMatch(text),
            _ => false,
        };
    }

    private static string? CompileRegex(string pattern, out Regex? regex)
    {
        regex = null;
        if (pattern.Length > OfferConstraint.RegexLengthMax)
        {
            return $"the regular expression is longer than {OfferConstraint.RegexLengthMax} characters";
        }

        try
        {
            // Names of groups are written (?P<name>...) by frameworks; matching takes time linear in the text.
            var named = pattern.Replace("(?P<", "(?<", StringComparison.Ordinal);
            regex = new Regex($@"\A(?:{named})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return $"'{pattern}' is not a regular expression that can be used: {e.Message}";
        }
    }

    /// <summary>Whether the agent has what is selected; the text is <see langword="null"/> if that is not text.</summary>
    private bool Find(AgentTraits agent, out string? text)
    {
        var selector = _wire.Selector;
        if (selector.HasPseudoattributeType)
        {
            text = selector.PseudoattributeType switch
            {
                PseudoattributeType.Hostname => agent.Hostname,
                PseudoattributeType.Region => agent.Region,
                PseudoattributeType.Zone => agent.Zone,
                _ => null,
            };
            return text is not null;
        }

        foreach (var attribute in agent.Attributes ?? [])
        {
            if (attribute.Name == selector.AttributeName)
            {
                text = attribute.Type == Value.Types.Type.Text ? attribute.Text?.Value : null;
                return true;
            }
        }

        text = null;
        return false;
    }
}
