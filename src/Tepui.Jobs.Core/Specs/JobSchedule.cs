using Tepui.Model.Schedules;

namespace Tepui.Jobs.Core.Specs;

/// <summary>When a job runs by itself.</summary>
/// <param name="Times">The due times.</param>
/// <param name="IsCron">Written as a cron expression.</param>
/// <param name="Zone">As written; empty: UTC, or whatever the start carries.</param>
/// <param name="SetAt">Stands for the start of a schedule that has none.</param>
/// <param name="Problem">Why it cannot be read any more, if so: then it is never due, and its job stays disabled.</param>
public sealed record JobSchedule(Schedule Times, bool IsCron, string Zone, DateTimeOffset SetAt, string? Problem = null);
