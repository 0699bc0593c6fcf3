using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tepui.Web.Jobs;
using Tepui.Web.Pages.Dialogs;
using Tepui.Web.Pages.Edit;
using Tepui.Web.Pages.JobDetail;
using Tepui.Web.Pages.JobEdit;
using Tepui.Web.Rest;

namespace Tepui.Web.Commands;

/// <summary>Creates or changes a job, as its form or its JSON says.</summary>
/// <param name="client">The jobs scheduler.</param>
/// <param name="previewer">Tells what would come of a schedule.</param>
public sealed class JobEditRunner(JobsClient client, SchedulePreviewer previewer)
{
    /// <summary>What would come of the schedule as it is typed now.</summary>
    public Task<SchedulePreview> PreviewAsync(IFormCollection form, CancellationToken cancel) => PreviewAsync(JobEditModel.From(form), cancel);

    /// <summary>Does what the form's button says: save, show the next runs, or switch between form and JSON.</summary>
    /// <returns>The name of what was saved; or the page to show again.</returns>
    public async Task<(string? Saved, JobEditModel Again)> RunAsync(IFormCollection form, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(form);
        var edit = JobEditModel.From(form);
        var (saved, again) = form["do"].ToString() switch
        {
            "switch" => (null, edit.Switch()),
            "preview" => (null, edit),
            _ => await TrySaveAsync(edit, cancel),
        };
        return saved is not null ? (saved, again) : (null, again with { Preview = await PreviewAsync(again, cancel) });
    }

    private Task<SchedulePreview> PreviewAsync(JobEditModel edit, CancellationToken cancel) => previewer.OfAsync(edit.Document([]), cancel);

    private async Task<(string? Saved, JobEditModel Again)> TrySaveAsync(JobEditModel edit, CancellationToken cancel)
    {
        var problems = new List<FormProblem>();
        var document = edit.Document(problems);
        if (document is not null && edit.Name is { } name && NameOf(document) != name)
        {
            problems.Add(new FormProblem(edit.AsJson ? "json" : "name", $"The name must stay {name}. Make a new job for another name."));
        }

        if (document is null || problems.Count > 0)
        {
            return (null, edit with { Problems = problems, Status = StatusCodes.Status422UnprocessableEntity });
        }

        try
        {
            return await SaveAsync(edit, document, cancel);
        }
        catch (RestUnavailableException e)
        {
            return (null, edit.Refused(Refusal.Of(e)));
        }
    }

    private async Task<(string? Saved, JobEditModel Again)> SaveAsync(JobEditModel edit, JsonObject document, CancellationToken cancel)
    {
        var current = await client.FindAsync(JobsClient.PathOf(NameOf(document)), cancel) is { } told ? JobDocument.Configuration(told) : null;
        if (edit.IsNew && current is not null)
        {
            return (null, edit with { Problems = [new FormProblem(edit.AsJson ? "json" : "name", $"There is a job {NameOf(document)} already.")], Status = StatusCodes.Status409Conflict });
        }

        if (!edit.IsNew && current is not null)
        {
            if (edit.Version.Length > 0 && JobEditModel.VersionOf(current) is var newer && newer != edit.Version)
            {
                var warning = new FormProblem(null, $"{edit.Name} was changed by someone else while you were editing. Save again to put yours in its place.");
                return (null, edit with { Version = newer, Problems = [warning], Status = StatusCodes.Status409Conflict });
            }

            // Launches move the schedule on; one that was left alone stays where it is now.
            if (document["schedule"] is { } schedule && schedule.ToString() == edit.Base["schedule"]?.ToString())
            {
                document["schedule"] = current["schedule"]?.DeepClone();
            }
        }

        var path = JobForm.KindOf(document) == JobLayout.Dependent ? "dependency" : "iso8601";
        var answer = await client.SendAsync(HttpMethod.Post, $"{path}?strict=true", document.ToJsonString(), cancel);
        return answer.IsSuccess ? (NameOf(document), edit) : (null, edit.Refused(answer));
    }

    private static string NameOf(JsonObject document) => FieldText.Show(FieldKind.Text, document["name"]);
}
