using Tepui.Jobs.Core.Specs;
using Tepui.Model;

namespace Tepui.Jobs.Core.Documents;

/// <summary>Which kind of job a document was sent as.</summary>
public enum DraftKind
{
    /// <summary>With a schedule.</summary>
    Scheduled,

    /// <summary>With parents.</summary>
    Dependent,
}

/// <summary>A job as a client sent it, read as far as it can be without knowing the other jobs.</summary>
/// <param name="Kind">As what it was sent.</param>
/// <param name="Spec">The job; <see langword="null"/> where <paramref name="Problems"/> do not let it be read. Zero resources have become the defaults.</param>
/// <param name="Problems">What is wrong with it in any case.</param>
/// <param name="CreateProblems">What is wrong with it only if there is no such job yet: a start before 1970, uris together with fetch.</param>
public sealed record JobDraft(DraftKind Kind, JobSpec? Spec, IReadOnlyList<Problem> Problems, IReadOnlyList<Problem> CreateProblems)
{
    /// <summary>What its author should know, though it is taken as it is.</summary>
    public IReadOnlyList<Problem> Warnings { get; init; } = [];
}
