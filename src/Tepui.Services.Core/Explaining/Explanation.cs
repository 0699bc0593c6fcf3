using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Core.Explaining;

/// <summary>Which agents could take one more instance of a spec now, and why the others cannot.</summary>
public sealed record Explanation
{
    /// <summary>Agents looked at.</summary>
    public required int Agents { get; init; }

    /// <summary>Agents that could take an instance now.</summary>
    public required int Fitting { get; init; }

    /// <summary>In words, the most important first; empty when some agent fits and nothing is held.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>By gate, in their order: how many agents it turns away, of those that passed the gates before.</summary>
    public required IReadOnlyList<RejectionCount> Rejections { get; init; }

    /// <summary>The agent that lacks least, when none fits.</summary>
    public required NearMiss? Nearest { get; init; }

    /// <summary>For each constraint how many agents it leaves, by itself.</summary>
    public required IReadOnlyList<ConstraintLeft> Constraints { get; init; }
}

/// <summary>An agent that lacks something.</summary>
/// <param name="Host">Which.</param>
/// <param name="Gates">What turns it away, in the order of the gates.</param>
/// <param name="Missing">Resources it has too little of; none when it fails for another reason.</param>
public sealed record NearMiss(Host Host, IReadOnlyList<string> Gates, IReadOnlyList<Shortage> Missing);

/// <summary>Too little of a resource: cores, MiB, whole GPUs, ports.</summary>
public sealed record Shortage(string Resource, double Wanted, double Offered);

/// <summary>How many agents a constraint leaves.</summary>
public sealed record ConstraintLeft(Constraint Constraint, int AgentsLeft);
