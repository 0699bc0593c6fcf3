namespace Tepui.Jobs;

/// <summary>What an answer of the jobs warns of.</summary>
internal static class JobWarning
{
    /// <summary>The warning; <see langword="null"/> if there is none.</summary>
    public static string? Warning(this RestAnswer answer) => string.IsNullOrWhiteSpace(answer.Tag) ? null : answer.Tag;
}
