using Tepui.Jobs.Core.Specs;

namespace Tepui.Jobs.Core.Notices;

/// <summary>What is told. The numbers are in the store.</summary>
public enum NoticeKind
{
    /// <summary>A run failed for good.</summary>
    Failure = 0,

    /// <summary>A run succeeded after failures.</summary>
    Recovery = 1,

    /// <summary>A run did not start within epsilon after its due time.</summary>
    Late = 2,

    /// <summary>A job was disabled, by its failures or because its schedule has run out.</summary>
    Disabled = 3,

    /// <summary>A job was removed.</summary>
    Removed = 4,
}

/// <summary>Something to tell people; kept until it was told.</summary>
public sealed record Notice
{
    /// <summary>Names it; grows.</summary>
    public required long Sequence { get; init; }

    /// <summary>What.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>Of which job.</summary>
    public required JobName Job { get; init; }

    /// <summary>Number of the run, if it is about one.</summary>
    public long? Run { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>For people.</summary>
    public required string Message { get; init; }

    /// <summary>What is told of the job, as it was at that time: a JSON object.</summary>
    public required byte[] Document { get; init; }

    /// <summary>Mail addresses, with commas.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The job's own webhook.</summary>
    public string? Webhook { get; init; }

    /// <summary>Channels that have it.</summary>
    public IReadOnlyList<string> Told { get; init; } = [];

    /// <summary>How often it was tried.</summary>
    public int Tries { get; init; }
}
