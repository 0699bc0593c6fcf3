namespace Tepui.Web.Jobs;

/// <summary>What the jobs scheduler last told. Never changes; a later one takes its place.</summary>
public sealed record JobsSnapshot
{
    /// <summary>Nothing told yet.</summary>
    public static JobsSnapshot Empty { get; } = new();

    /// <summary>Whether the jobs have been read at all.</summary>
    public bool IsLoaded { get; init; }

    /// <summary>The jobs.</summary>
    public JobTable Jobs { get; init; } = JobTable.Empty;
}
