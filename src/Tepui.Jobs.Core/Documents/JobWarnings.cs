using Tepui.Jobs.Core.Notices;
using Tepui.Jobs.Core.Specs;
using Tepui.Model;

namespace Tepui.Jobs.Core.Documents;

/// <summary>What is taken as Chronos takes it, and most likely not meant.</summary>
internal static class JobWarnings
{
    private const int NamesShown = 10;

    /// <summary>Of a document that was read as a job.</summary>
    public static IReadOnlyList<Problem> Of(Members job, DraftKind kind, JobSpec spec)
    {
        var warnings = new List<Problem>();
        if (kind is DraftKind.Dependent && job.Has("schedule") && job.Text("schedule") is { Length: > 0 } schedule)
        {
            warnings.Add(new("schedule", $"is '{Members.Cut(schedule)}' and is left out: a job with parents runs when they have"));
        }

        var others = spec.Owner.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(owner => MailAddress.Parse(owner) is null).Distinct(StringComparer.Ordinal).ToList();
        if (others.Count > 0)
        {
            var more = others.Count > NamesShown ? $" and {others.Count - NamesShown} more" : "";
            warnings.Add(new("owner", $"has {string.Join(", ", others.Take(NamesShown).Select(owner => $"'{Members.Cut(owner)}'"))}{more}, no mail {(others.Count == 1 ? "address" : "addresses")} as in ops@example.org; no mail goes there"));
        }

        return warnings;
    }
}
