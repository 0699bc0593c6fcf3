using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tepui.Web.Layout;
using Tepui.Web.Pages.AppDetail;
using Tepui.Web.Pages.Dialogs;

namespace Tepui.Web.Pages.Edit;

/// <summary>The form that creates or changes an app, or its JSON.</summary>
public sealed record EditModel : DocumentEdit
{
    /// <summary>The app or pod that is changed; null for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>Where a new one is made.</summary>
    public string Group { get; init; } = "/";

    /// <summary>What stands in the form.</summary>
    public required AppForm Form { get; init; }

    /// <summary>Whether force would get past the refusal.</summary>
    public bool OffersForce { get; init; }

    /// <summary>Whether it is a pod, which has no form.</summary>
    public bool IsPod => Base.ContainsKey("containers");

    /// <inheritdoc/>
    public override FormValues Values => Form.Values;

    /// <inheritdoc/>
    public override bool IsNew => Id is null;

    /// <inheritdoc/>
    public override string NameField => "id";

    /// <summary>Where giving up leads.</summary>
    public string Close => Links.App(Id ?? Group);

    /// <summary>Heading.</summary>
    public string Title => Id is null ? "New application" : $"Edit {Id}";

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
        var known = BaseOf(form);
        return new EditModel
        {
            Id = form["on"].ToString() is { Length: > 0 } id ? id : null,
            Group = form["group"].ToString() is { Length: > 0 } group ? group : "/",
            AsJson = form["mode"] == "json",
            Base = known,
            Version = form["version"].ToString(),
            Form = form["mode"] == "json" ? AppForm.From(known) : new AppForm(InputsOf(form)),
            Json = JsonOf(form),
        };
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
            ? ProblemOfJson(problem.Path, problem.Path, problem.Text)
            : Form.FieldOf(problem.Path) is { } field ? new FormProblem(field, problem.Text) : new FormProblem(null, $"{problem.Path}: {problem.Text}"));

        // With complaints at their places the general sentence tells nothing more.
        FormProblem[] general = refusal.Problems.Count > 0 && !refusal.IsLocked ? [] : [new FormProblem(null, refusal.Message)];
        return this with { Problems = [.. general, .. problems], OffersForce = refusal.IsLocked, Status = refusal.Status };
    }

    /// <inheritdoc/>
    protected override JsonObject Apply(List<FormProblem> problems) => Form.Apply(Base, problems);

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
