using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Rest;

/// <summary>Which jobs a search finds: parts of names and commands, whatever their case. What is not given holds for all.</summary>
/// <param name="Name">Part of the name.</param>
/// <param name="Command">Part of the command; must hold too.</param>
/// <param name="Any">Part of either: finds jobs that the others leave out, and leaves out none itself.</param>
internal sealed record JobSearch(string? Name, string? Command, string? Any)
{
    /// <summary>Whether it finds a job.</summary>
    public bool Matches(JobSpec job) =>
        (Holds(Name, job.Name.Value) && Holds(Command, job.Command))
        || (!string.IsNullOrEmpty(Any) && (Holds(Any, job.Name.Value) || Holds(Any, job.Command)));

    private static bool Holds(string? part, string text) => string.IsNullOrEmpty(part) || text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
