namespace Tepui.Services.Checks;

/// <summary>What a task answered.</summary>
/// <param name="Status">HTTP status; unset when there was no answer.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Body">The page, where it was wanted: at most its first 64 KiB.</param>
/// <param name="Problem">Why there was no answer.</param>
internal sealed record ProbeAnswer(int? Status, string? ContentType, string? Body, string? Problem)
{
    /// <summary>There was no answer.</summary>
    public static ProbeAnswer Failed(string problem) => new(null, null, null, problem);
}
