using System.Text.Json.Nodes;
using Tepui.Web.Pages.Edit;

namespace Tepui.Web.Pages.JobEdit;

/// <summary>
/// The form of a job: what stands in its fields, by their names. It is filled from JSON and written over that JSON again, so
/// that what the form does not ask for stays as it was.
/// </summary>
public sealed class JobForm(FormValues values)
{
    /// <summary>Input that says which kind of job it is.</summary>
    public const string Kind = "kind";

    // Written in ways of their own.
    private static readonly string[] Special = ["fetch", "shell"];

    /// <summary>What stands in its inputs.</summary>
    public FormValues Values => values;

    /// <summary>The kind of a job's document.</summary>
    public static string KindOf(JsonObject job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job["parents"] is JsonArray { Count: > 0 } ? JobLayout.Dependent : job["cron"] is JsonValue cron && cron.ToString().Length > 0 ? JobLayout.Cron : JobLayout.Scheduled;
    }

    /// <summary>The form of a job.</summary>
    public static JobForm From(JsonObject job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var values = FormValues.From(job, JobLayout.Fields, JobLayout.Lists);
        values[Kind] = KindOf(job);
        values["network"] = values["network"] == "HOST" ? "" : values["network"];
        values["shell"] = values["shell"] == "true" ? "" : values["shell"];
        if (values["concurrency"].Length == 0 && job["concurrent"]?.ToString() == "true")
        {
            values["concurrency"] = "allow";
        }

        return new JobForm(values);
    }

    /// <summary>Writes the form over a job.</summary>
    /// <param name="job">What it was filled from; stays as it is.</param>
    /// <param name="problems">Fields that cannot be read, by name.</param>
    /// <returns>The job with the values of the form.</returns>
    public JsonObject Apply(JsonObject job, List<FormProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(problems);
        var result = (JsonObject)job.DeepClone();
        var kind = values[Kind].Length == 0 ? JobLayout.Scheduled : values[Kind];
        foreach (var (kinds, field) in JobLayout.When.Where(entry => !entry.Kinds.Split(' ').Contains(kind)))
        {
            FormPaths.Set(result, field.Path, null);
        }

        foreach (var field in JobLayout.Fields.Where(field => !Special.Contains(field.Name) && !IsOfOtherKind(field, kind)))
        {
            values.SetField(result, field, problems);
        }

        foreach (var list in JobLayout.Lists)
        {
            values.SetList(result, list, problems);
        }

        values.SetFetch(result, "fetch");
        SetShell(result);
        result.Remove("concurrent");
        if (result["container"] is JsonObject container)
        {
            SetContainer(result, container);
        }

        return result;
    }

    /// <summary>The name of the input that a complaint of the scheduler is about; null when the form has none for it.</summary>
    /// <param name="path">With dots, as in <c>container.volumes.0.hostPath</c>.</param>
    public string? FieldOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        while (path.Length > 0)
        {
            if ((JobLayout.Fields.FirstOrDefault(field => field.Path == path)?.Name ?? JobLayout.Lists.Select(list => InList(list, path)).FirstOrDefault(found => found is not null)) is { } name)
            {
                return name;
            }

            path = path[..Math.Max(path.LastIndexOf('.'), 0)];
        }

        return null;
    }

    private static bool IsOfOtherKind(Field field, string kind) => JobLayout.When.FirstOrDefault(entry => entry.Field == field) is { Field: not null } entry && !entry.Kinds.Split(' ').Contains(kind);

    private void SetShell(JsonObject target)
    {
        if (values["shell"] == "false")
        {
            target["shell"] = false;
        }
        else if (target["shell"]?.ToString() == "false")
        {
            target["shell"] = true;
        }
    }

    // Without a runtime there is no container, whatever else is left of it.
    private void SetContainer(JsonObject target, JsonObject container)
    {
        if (values["containerType"].Length == 0 && values["image"].Trim().Length == 0)
        {
            target.Remove("container");
        }
        else if (container["type"] is null)
        {
            container["type"] = "DOCKER";
        }
    }

    private string? InList(FieldList list, string path)
    {
        if (!path.StartsWith(list.Path + ".", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = path[(list.Path.Length + 1)..].Split('.', 2);
        var rows = values.FilledRows(list);
        if (!int.TryParse(parts[0], out var index) || index < 0 || index >= rows.Count)
        {
            return null;
        }

        var column = list.Columns.FirstOrDefault(column => parts.Length > 1 && column.Path == parts[1]) ?? list.Columns[0];
        return FormValues.NameOf(list, rows[index], column.Name);
    }
}
