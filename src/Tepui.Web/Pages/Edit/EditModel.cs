using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tepui.Web.Layout;
using Tepui.Web.Pages.AppDetail;
using Tepui.Web.Pages.Dialogs;

namespace Tepui.Web.Pages.Edit;

/// <summary>The form that creates or changes an app, or its JSON.</summary>
public sealed record EditModel : IFormView
{
    /// <summary>The app or pod that is changed; null for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>Where a new one is made.</summary>
    public string Group { get; init; } = "/";

    /// <summary>Whether the JSON is edited; else the form.</summary>
    public bool AsJson { get; init; }

    /// <summary>What the form was filled from.</summary>
    public required JsonObject Base { get; init; }

    /// <summary>The version it was read at; empty for a new one.</summary>
    public string Version { get; init; } = "";

    /// <summary>What stands in the form.</summary>
    public required AppForm Form { get; init; }

    /// <summary>What stands in the editor.</summary>
    public required string Json { get; init; }

    /// <summary>What is wrong, with the names of inputs.</summary>
    public IReadOnlyList<FormProblem> Problems { get; init; } = [];

    /// <summary>Whether force would get past the refusal.</summary>
    public bool OffersForce { get; init; }

    /// <summary>HTTP status of the page.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Whether it is a pod, which has no form.</summary>
    public bool IsPod => Base.ContainsKey("containers");

    /// <inheritdoc/>
    public FormValues Values => Form.Values;

    /// <inheritdoc/>
    public bool IsNew => Id is null;

    /// <inheritdoc/>
    public string NameField => "id";

    /// <summary>Where giving up leads.</summary>
    public string Close => Links.App(Id ?? Group);

    /// <summary>Heading.</summary>
    public string Title => Id is null ? "New application" : $"Edit {Id}";

    /// <summary>Problems of one input.</summary>
    public IEnumerable<string> ProblemsOf(string field) => Problems.Where(problem => problem.Field == field).Select(problem => problem.Text);

    /// <summary>Problems that no input is to blame for.</summary>
    public IEnumerable<string> General => Problems.Where(problem => problem.Field is null).Select(problem => problem.Text);

    /// <summary>A new app.</summary>
    public static EditModel New(string group, bool json) => Of(
        new JsonObject { ["id"] = $"{(group == "/" ? "" : group)}/", ["cmd"] = "", ["cpus"] = 0.1, ["mem"] = 128, ["disk"] = 0, ["instances"] = 1 },
        null,
        group,
        "",
        json);

    /// <summary>A change of an app or pod.</summary>
    /// <param name="id">Which.</param>
    /// <param name="app">Its document, or that of an earlier version.</param>
    /// <param name="version">The version in force.</param>
    /// <param name="json">Whether to edit the JSON.</param>
    public static EditModel Of(string id, JsonElement app, string version, bool json) =>
        Of(AppDocument.Configuration(app), id, "/", version, json);

    /// <summary>What was sent.</summary>
    public static EditModel From(IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var known = JsonLines.Parse(form["base"].ToString(), out _) ?? [];
        var typed = form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
        return new EditModel
        {
            Id = form["on"].ToString() is { Length: > 0 } id ? id : null,
            Group = form["group"].ToString() is { Length: > 0 } group ? group : "/",
            AsJson = form["mode"] == "json",
            Base = known,
            Version = form["version"].ToString(),
            Form = form["mode"] == "json" ? AppForm.From(known) : new AppForm(typed),
            Json = form["json"].ToString().Replace("\r\n", "\n", StringComparison.Ordinal),
        };
    }

    /// <summary>The app as it was filled in.</summary>
    /// <param name="problems">What cannot be read.</param>
    /// <returns>The app; null when nothing can be read of it.</returns>
    public JsonObject? Document(List<FormProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (!AsJson)
        {
            return Form.Apply(Base, problems);
        }

        var document = JsonLines.Parse(Json, out var problem);
        if (problem is not null)
        {
            problems.Add(new FormProblem("json", problem));
        }

        return document;
    }

    /// <summary>The same app in the other kind of editor; with its problems when it cannot be read.</summary>
    public EditModel Switch()
    {
        var problems = new List<FormProblem>();
        return Document(problems) is { } document && problems.Count == 0
            ? Of(document, Id, Group, Version, !AsJson)
            : this with { Problems = problems, Status = StatusCodes.Status422UnprocessableEntity };
    }

    /// <summary>This with what the services found wrong, each at its place.</summary>
    public EditModel Refused(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var problems = refusal.Problems.Select(problem => AsJson
            ? new FormProblem("json", $"Line {JsonLines.Find(Json, problem.Path)}, {problem.Path}: {problem.Text}")
            : Form.FieldOf(problem.Path) is { } field ? new FormProblem(field, problem.Text) : new FormProblem(null, $"{problem.Path}: {problem.Text}"));
        
        // With complaints at their places the general sentence tells nothing more.
        FormProblem[] general = refusal.Problems.Count > 0 && !refusal.IsLocked ? [] : [new FormProblem(null, refusal.Message)];
        return this with { Problems = [.. general, .. problems], OffersForce = refusal.IsLocked, Status = refusal.Status };
    }

    private static EditModel Of(JsonObject document, string? id, string group, string version, bool json) => new()
    {
        Id = id,
        Group = group,
        AsJson = json || document.ContainsKey("containers"),
        Base = document,
        Version = version,
        Form = AppForm.From(document),
        Json = AppDocument.Pretty(document),
    };
}
