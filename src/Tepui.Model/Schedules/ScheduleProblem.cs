namespace Tepui.Model.Schedules;

/// <summary>What is wrong with a schedule.</summary>
/// <param name="Message">What was found and what is allowed; a sentence part that fits after "schedule: ".</param>
/// <param name="Offset">Character of the text where it goes wrong, from 0; 0 for a zone.</param>
/// <param name="IsZone">The zone is wrong, not the text.</param>
/// <param name="IsBefore1970">The schedule can be used, but begins before 1970; the only problem that comes together with a schedule.</param>
public sealed record ScheduleProblem(string Message, int Offset, bool IsZone = false, bool IsBefore1970 = false);
