namespace Tepui.Web.Pages.Edit;

/// <summary>How a field is typed in, and what it is in JSON.</summary>
public enum FieldKind
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>Several lines that are one text.</summary>
    LongText,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>One of a few values.</summary>
    Choice,

    /// <summary>A list of texts, one on each line.</summary>
    Lines,

    /// <summary>A list of constraints, one on each line: field, operator and perhaps a value, separated by spaces.</summary>
    Constraints,
}
