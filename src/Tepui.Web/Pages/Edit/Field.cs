namespace Tepui.Web.Pages.Edit;

/// <summary>One field of the form.</summary>
/// <param name="Name">Of the input. For the column of a list, within a row.</param>
/// <param name="Label">Beside it.</param>
/// <param name="Kind">How it is typed in.</param>
/// <param name="Path">Where it lies in JSON, members separated by dots.</param>
public sealed record Field(string Name, string Label, FieldKind Kind, string Path)
{
    /// <summary>The choices of a <see cref="FieldKind.Choice"/>; an empty one stands for not given.</summary>
    public IReadOnlyList<(string Value, string Label)> Choices { get; init; } = [];

    /// <summary>What it means, or what holds when it is left empty.</summary>
    public string Help { get; init; } = "";

    /// <summary>Id of a list of suggestions on the page; empty for none.</summary>
    public string Suggestions { get; init; } = "";

    /// <summary>Whether it is typed in on several lines.</summary>
    public bool Wide => Kind is FieldKind.LongText or FieldKind.Lines or FieldKind.Constraints;
}
