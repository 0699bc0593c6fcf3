using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Runs;

/// <summary>What somebody who wants a run said.</summary>
/// <param name="Arguments">In place of the job's.</param>
/// <param name="Environment">Beside the job's.</param>
/// <param name="Key">Of the request.</param>
internal sealed record RunWish(string? Arguments, IReadOnlyList<EnvironmentVariable> Environment, string? Key);
