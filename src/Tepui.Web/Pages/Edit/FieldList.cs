namespace Tepui.Web.Pages.Edit;

/// <summary>A list of rows in the form.</summary>
/// <param name="Name">Prefix of its inputs, as in <c>env.0.key</c>.</param>
/// <param name="Noun">What one row is, as in <c>variable</c>.</param>
/// <param name="Path">Where the list lies in JSON, members separated by dots.</param>
/// <param name="Columns">The fields of a row; their paths are within the row's object.</param>
public sealed record FieldList(string Name, string Noun, string Path, IReadOnlyList<Field> Columns)
{
    /// <summary>Whether it is an object of texts in JSON, of which the columns <c>key</c> and <c>value</c> are the members.</summary>
    public bool IsMap { get; init; }
}
