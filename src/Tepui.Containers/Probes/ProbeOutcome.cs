using Tepui.Protocol.V1;

namespace Tepui.Containers.Probes;

/// <summary>What one run of a check found.</summary>
/// <param name="Result">Exit code, HTTP status or TCP outcome; unset members when the check could not be run to its end.</param>
/// <param name="Failure">Why it could not be run to its end, or <see langword="null"/>.</param>
public sealed record ProbeOutcome(CheckStatusInfo Result, string? Failure);
