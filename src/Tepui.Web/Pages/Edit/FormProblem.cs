namespace Tepui.Web.Pages.Edit;

/// <summary>Something wrong with what was filled in.</summary>
/// <param name="Field">Name of the input; null when it is about the whole.</param>
/// <param name="Text">What is wrong.</param>
public sealed record FormProblem(string? Field, string Text);
