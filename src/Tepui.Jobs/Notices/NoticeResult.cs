namespace Tepui.Jobs.Notices;

/// <summary>How it went to tell somebody.</summary>
/// <param name="Problem">What kept them from being told; <see langword="null"/>: they were.</param>
/// <param name="IsFinal">It makes no sense to try again.</param>
internal readonly record struct NoticeResult(string? Problem, bool IsFinal)
{
    /// <summary>They have it.</summary>
    public static NoticeResult Told => default;

    /// <summary>It may work later.</summary>
    public static NoticeResult Failed(string problem) => new(problem, IsFinal: false);

    /// <summary>It will never work.</summary>
    public static NoticeResult Refused(string problem) => new(problem, IsFinal: true);
}
