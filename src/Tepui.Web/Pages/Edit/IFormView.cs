namespace Tepui.Web.Pages.Edit;

/// <summary>A form as its sections are drawn from it.</summary>
public interface IFormView
{
    /// <summary>What stands in the inputs.</summary>
    public FormValues Values { get; }

    /// <summary>Whether it is for something new: then sections with anything in them are open.</summary>
    public bool IsNew { get; }

    /// <summary>The input that names the thing, which cannot be changed later.</summary>
    public string NameField { get; }

    /// <summary>Problems of one input.</summary>
    public IEnumerable<string> ProblemsOf(string field);
}
