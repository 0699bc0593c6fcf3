namespace Tepui.Master.Http.State;

/// <summary>Which tasks <c>/tasks</c> lists.</summary>
/// <param name="Framework">Only of this framework.</param>
/// <param name="Task">Only with this id.</param>
/// <param name="Limit">At most so many.</param>
/// <param name="Offset">After leaving out so many.</param>
/// <param name="Ascending">Oldest first.</param>
internal sealed record TaskQuery(string? Framework, string? Task, int Limit, int Offset, bool Ascending);
