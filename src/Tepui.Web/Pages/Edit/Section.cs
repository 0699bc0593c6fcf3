namespace Tepui.Web.Pages.Edit;

/// <summary>A part of the form.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Fields">Its fields.</param>
/// <param name="Lists">Its lists.</param>
public sealed record Section(string Title, IReadOnlyList<Field> Fields, IReadOnlyList<FieldList> Lists)
{
    /// <summary>A sentence below the heading; empty for none.</summary>
    public string Help { get; init; } = "";

    /// <summary>Whether it is never folded at first.</summary>
    public bool IsOpen { get; init; }
}
