using Tepui.Protocol.V1;
using Tepui.Services.Core.Matching;

namespace Tepui.Services.Core.Explaining;

/// <summary>An agent and what speaks against it.</summary>
/// <param name="Host">Which.</param>
/// <param name="Free">What is free there.</param>
/// <param name="Problems">The gates that turn an instance away; <see langword="null"/> if it fits.</param>
/// <param name="Missing">Resources it has too little of.</param>
internal sealed record JudgedAgent(Host Host, IReadOnlyList<Resource> Free, IReadOnlyList<Gate>? Problems, IReadOnlyList<Shortage> Missing)
{
    private const double ByRule = 1000;

    /// <summary>How far it is from fitting: what a rule forbids is farther than any shortage; each shortage counts by the part that is missing.</summary>
    public double Distance => (Problems is null or [Gate.InsufficientCpus or Gate.InsufficientMemory or Gate.InsufficientDisk or Gate.InsufficientGpus or Gate.InsufficientPorts, ..] ? 0 : ByRule)
        + Missing.Sum(shortage => (shortage.Wanted - shortage.Offered) / shortage.Wanted);
}
