using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tepui.Web.Jobs;
using Tepui.Web.Layout;
using Tepui.Web.Pages.AppDetail;
using Tepui.Web.Pages.Dialogs;
using Tepui.Web.Pages.Edit;
using Tepui.Web.Pages.JobDetail;

namespace Tepui.Web.Pages.JobEdit;

/// <summary>The form that creates or changes a job, or its JSON.</summary>
public sealed record JobEditModel : DocumentEdit
{
    /// <summary>The job that is changed; null for a new one.</summary>
    public string? Name { get; init; }

    /// <summary>What stands in the form.</summary>
    public required JobForm Form { get; init; }

    /// <summary>What would come of the schedule.</summary>
    public SchedulePreview Preview { get; init; } = new();

    /// <inheritdoc/>
    public override FormValues Values => Form.Values;

    /// <inheritdoc/>
    public override bool IsNew => Name is null;

    /// <inheritdoc/>
    public override string NameField => "name";

    /// <summary>Where giving up leads.</summary>
    public string Close => Name is null ? Links.Jobs : Links.Job(Name);

    /// <summary>Heading.</summary>
    public string Title => Name is null ? "New job" : $"Edit {Name}";

    /// <summary>A new job.</summary>
    /// <param name="parent">The job it depends on; empty for none.</param>
    /// <param name="json">Whether to edit the JSON.</param>
    public static JobEditModel New(string parent, bool json)
    {
        var job = new JsonObject { ["name"] = "", ["command"] = "" };
        if (parent.Length > 0)
        {
            job["parents"] = new JsonArray(parent);
        }
        else
        {
            job["schedule"] = "R//PT1H";
        }

        return Of(job, null, "", json);
    }

    /// <summary>A change of a job.</summary>
    public static JobEditModel Of(string name, JsonElement job, bool json)
    {
        var configuration = JobDocument.Configuration(job);
        return Of(configuration, name, VersionOf(configuration), json);
    }

    /// <summary>What was sent.</summary>
    public static JobEditModel From(IFormCollection form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var known = BaseOf(form);
        return new JobEditModel
        {
            Name = form["on"].ToString() is { Length: > 0 } name ? name : null,
            AsJson = form["mode"] == "json",
            Base = known,
            Version = form["version"].ToString(),
            Form = form["mode"] == "json" ? JobForm.From(known) : new JobForm(new FormValues(InputsOf(form))),
            Json = JsonOf(form),
        };
    }

    /// <summary>The same job in the other kind of editor; with its problems when it cannot be read.</summary>
    public JobEditModel Switch()
    {
        var problems = new List<FormProblem>();
        return Document(problems) is { } document && problems.Count == 0
            ? Of(document, Name, Version, !AsJson)
            : this with { Problems = problems, Status = StatusCodes.Status422UnprocessableEntity };
    }

    /// <summary>This with what the scheduler found wrong, each at its place.</summary>
    public JobEditModel Refused(JobsAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var problems = answer.Problems.Select(problem => AsJson
            ? ProblemOfJson(Pointer(problem.Path), problem.Path, problem.Text)
            : Form.FieldOf(problem.Path) is { } field ? new FormProblem(field, problem.Text) : new FormProblem(null, problem.Path.Length == 0 ? problem.Text : $"{problem.Path}: {problem.Text}"));

        // With complaints at their places the general sentence tells nothing more.
        FormProblem[] general = answer.Problems.Count > 0 ? [] : [new FormProblem(null, answer.Message)];
        return this with { Problems = [.. general, .. problems], Status = (int)answer.Status };
    }

    /// <summary>This when the scheduler cannot be reached.</summary>
    public JobEditModel Refused(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return this with { Problems = [new FormProblem(null, refusal.Message)], Status = refusal.Status };
    }

    /// <summary>Changes with whatever an author may change. The schedule is left out: launches move it.</summary>
    public static string VersionOf(JsonObject configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var hash = 14695981039346656037UL;
        foreach (var (name, value) in configuration.Where(member => member.Key is not ("schedule" or "disabled")).OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            foreach (var c in $"{name}:{value?.ToJsonString()};")
            {
                hash = (hash ^ c) * 1099511628211UL;
            }
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    protected override JsonObject Apply(List<FormProblem> problems) => Form.Apply(Base, problems);

    // As the lines of a document are found: items of lists in brackets.
    private static string Pointer(string path) =>
        string.Concat(path.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(part => int.TryParse(part, out _) ? $"({part})" : $"/{part}"));

    private static JobEditModel Of(JsonObject document, string? name, string version, bool json) => new()
    {
        Name = name,
        AsJson = json,
        Base = document,
        Version = version,
        Form = JobForm.From(document),
        Json = AppDocument.Pretty(document),
    };
}
