namespace Tepui.Deploying;

/// <summary>One bar: how far one action is.</summary>
/// <param name="Key">Stays the same over the life of the bar.</param>
/// <param name="Label">What it is about and how it stands, as in <c>restart /web  2 of 3 ready, 1 old</c>.</param>
/// <param name="Done">Filled part, 0 to <paramref name="Total"/>.</param>
/// <param name="Total">The whole; at least 1.</param>
internal sealed record ProgressRow(string Key, string Label, int Done, int Total);
