using Tepui.Web.Services;

namespace Tepui.Web.Pages.Dialogs;

/// <summary>Something a dialog asks for.</summary>
/// <param name="Name">Of the input.</param>
/// <param name="Label">Beside it.</param>
/// <param name="Value">What stands in it at first.</param>
public sealed record DialogField(string Name, string Label, string Value)
{
    /// <summary>Step of a number; empty for a text.</summary>
    public string Step { get; init; } = "";

    /// <summary>Whether the page says what would happen while one types.</summary>
    public bool Previewed { get; init; }

    /// <summary>Whether it may stay empty.</summary>
    public bool Optional { get; init; }

    /// <summary>Lines of a text of several lines; 0 for one line.</summary>
    public int Lines { get; init; }

    /// <summary>What it means, or what holds when it is left empty.</summary>
    public string Help { get; init; } = "";
}

/// <summary>A dialog: it says what will happen, asks for what is missing, and sends it.</summary>
public sealed record DialogModel
{
    /// <summary>Address that its form is sent to.</summary>
    public required string Action { get; init; }

    /// <summary>Its heading.</summary>
    public required string Title { get; init; }

    /// <summary>What will happen, sentence by sentence.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    /// <summary>What it acts on, when there is more than one thing to name.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>What it asks for.</summary>
    public IReadOnlyList<DialogField> Fields { get; init; } = [];

    /// <summary>What is sent along unseen.</summary>
    public IReadOnlyList<(string Name, string Value)> Hidden { get; init; } = [];

    /// <summary>Running deployments that own what would change.</summary>
    public IReadOnlyList<Deployment> Locks { get; init; } = [];

    /// <summary>On the button.</summary>
    public required string Submit { get; init; }

    /// <summary>Whether it cannot be undone.</summary>
    public bool IsDangerous { get; init; }

    /// <summary>Whether there is nothing to confirm: what it is about is gone.</summary>
    public bool IsVoid { get; init; }

    /// <summary>The page below, where the dialog leads when it is done or given up.</summary>
    public required string Close { get; init; }

    /// <summary>Why it was refused; null when it was not sent yet.</summary>
    public Refusal? Refused { get; init; }

    /// <summary>Whether to offer force.</summary>
    public bool OffersForce => Locks.Count > 0 || Refused?.IsLocked == true;
}
