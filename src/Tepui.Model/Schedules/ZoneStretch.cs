namespace Tepui.Model.Schedules;

/// <summary>A time in which the clock of a zone is not changed.</summary>
/// <param name="FirstTicks">Its first instant; <see cref="long.MinValue"/>: it has no start.</param>
/// <param name="LastTicks">Its last instant; <see cref="long.MaxValue"/>: it has no end.</param>
/// <param name="OffsetTicks">Difference between wall clock and UTC.</param>
/// <param name="FirstNewWall">Where the wall clock stood when it was changed: earlier than what it shows then if something was skipped, later if something comes again.</param>
internal readonly record struct ZoneStretch(long FirstTicks, long LastTicks, long OffsetTicks, long FirstNewWall);
