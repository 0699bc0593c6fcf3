using Tepui.Services.Core.Commands;

namespace Tepui.Services.Core.Documents;

/// <summary>What became of a document: a spec, or why not.</summary>
/// <param name="Spec">The spec in canonical form; unset when it was refused. Its versions and service ports 0 are still to be set.</param>
/// <param name="Refusal">Why not.</param>
/// <typeparam name="T">App or pod.</typeparam>
public sealed record DocumentResult<T>(T? Spec, CommandOutcome.Refused? Refusal)
    where T : class;
