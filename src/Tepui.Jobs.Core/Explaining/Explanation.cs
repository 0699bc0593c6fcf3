using Tepui.Jobs.Core.Specs;
using Tepui.Model.Identifiers;

namespace Tepui.Jobs.Core.Explaining;

/// <summary>Why a job waits, or does not run.</summary>
/// <param name="Job">Which.</param>
/// <param name="State">In a few words.</param>
/// <param name="Reasons">Each a sentence, the first that matters first.</param>
/// <param name="NearestMiss">The agent that came nearest to holding what waits, if offers were looked at.</param>
public sealed record Explanation(JobName Job, string State, IReadOnlyList<string> Reasons, NearestMiss? NearestMiss);

/// <summary>An agent that could nearly take a run.</summary>
/// <param name="Agent">Which.</param>
/// <param name="Hostname">As it calls itself.</param>
/// <param name="Missing">What was too little there.</param>
/// <param name="Constraint">The constraint it does not meet, if that is the reason.</param>
public sealed record NearestMiss(AgentId Agent, string Hostname, IReadOnlyList<Shortage> Missing, string? Constraint);

/// <summary>A resource of which there was too little.</summary>
/// <param name="Resource">Its name.</param>
/// <param name="Wanted">Thousandths.</param>
/// <param name="Offered">Thousandths.</param>
public sealed record Shortage(string Resource, long Wanted, long Offered);
