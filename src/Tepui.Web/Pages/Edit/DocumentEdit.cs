using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tepui.Web.Pages.Edit;

/// <summary>A document that is made or changed in a form, or as JSON.</summary>
public abstract record DocumentEdit : IFormView
{
    /// <summary>Whether the JSON is edited; else the form.</summary>
    public bool AsJson { get; init; }

    /// <summary>What the form was filled from.</summary>
    public required JsonObject Base { get; init; }

    /// <summary>Tells whether it was changed meanwhile; empty for a new one.</summary>
    public string Version { get; init; } = "";

    /// <summary>What stands in the editor.</summary>
    public required string Json { get; init; }

    /// <summary>What is wrong, with the names of inputs.</summary>
    public IReadOnlyList<FormProblem> Problems { get; init; } = [];

    /// <summary>HTTP status of the page.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <inheritdoc/>
    public abstract FormValues Values { get; }

    /// <inheritdoc/>
    public abstract bool IsNew { get; }

    /// <inheritdoc/>
    public abstract string NameField { get; }

    /// <summary>Problems that no input is to blame for.</summary>
    public IEnumerable<string> General => Problems.Where(problem => problem.Field is null).Select(problem => problem.Text);

    /// <inheritdoc/>
    public IEnumerable<string> ProblemsOf(string field) => Problems.Where(problem => problem.Field == field).Select(problem => problem.Text);

    /// <summary>The document as it was filled in.</summary>
    /// <param name="problems">What cannot be read.</param>
    /// <returns>The document; null when nothing can be read of it.</returns>
    public JsonObject? Document(List<FormProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (!AsJson)
        {
            return Apply(problems);
        }

        var document = JsonLines.Parse(Json, out var problem);
        if (problem is not null)
        {
            problems.Add(new FormProblem("json", problem));
        }

        return document;
    }

    /// <summary>The document with the values of the form.</summary>
    /// <param name="problems">Takes what cannot be read.</param>
    protected abstract JsonObject Apply(List<FormProblem> problems);

    /// <summary>What the form was filled from, as it was sent along.</summary>
    protected static JsonObject BaseOf(IFormCollection form) => JsonLines.Parse(form["base"].ToString(), out _) ?? [];

    /// <summary>What was typed into the editor.</summary>
    protected static string JsonOf(IFormCollection form) => form["json"].ToString().Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>All inputs that were sent, by name.</summary>
    protected static Dictionary<string, string> InputsOf(IFormCollection form) => form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);

    /// <summary>Where the JSON is wrong.</summary>
    /// <param name="pointer">The place as lines are found by.</param>
    /// <param name="path">The place as it is told.</param>
    /// <param name="text">What is wrong.</param>
    protected FormProblem ProblemOfJson(string pointer, string path, string text) => new("json", $"Line {JsonLines.Find(Json, pointer)}, {path}: {text}");
}
