namespace Tepui.Model.Schedules;

/// <summary>A schedule that could be read once and cannot any more: it keeps its text and is never due.</summary>
internal sealed class UnreadableSchedule(string text) : Schedule(text, ScheduleZone.Utc)
{
    /// <inheritdoc/>
    public override long? Count => null;

    /// <inheritdoc/>
    public override string AnchoredText => Text;

    /// <inheritdoc/>
    public override DateTimeOffset? FirstAtOrAfter(DateTimeOffset time) => null;

    /// <inheritdoc/>
    public override DateTimeOffset? LastAtOrBefore(DateTimeOffset time) => null;

    /// <inheritdoc/>
    public override long CountBetween(DateTimeOffset from, DateTimeOffset to, long most) => 0;

    /// <inheritdoc/>
    public override string TextFrom(DateTimeOffset next, long? remaining) => Text;
}
