using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tepui.Web.Feeds;
using Tepui.Web.Pages.Dialogs;
using Tepui.Web.Pages.Edit;
using Tepui.Web.Rest;
using Tepui.Web.Services;

namespace Tepui.Web.Commands;

/// <summary>Creates or changes an app, as its form or its JSON says.</summary>
/// <param name="client">The services.</param>
public sealed class EditRunner(ServicesClient client)
{
    /// <summary>Does what the form's button says: save, or switch between form and JSON.</summary>
    /// <returns>The id of what was saved; or the page to show again.</returns>
    public async Task<(string? Saved, EditModel Again)> RunAsync(IFormCollection form, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(form);
        var edit = EditModel.From(form);
        if (form["do"] == "switch")
        {
            return (null, edit.Switch());
        }

        var problems = new List<FormProblem>();
        var document = edit.Document(problems);
        if (document is null || problems.Count > 0)
        {
            return (null, edit with { Problems = problems, Status = StatusCodes.Status422UnprocessableEntity });
        }

        try
        {
            return await SaveAsync(edit, document, form["force"] == "true" ? "true" : "false", cancel);
        }
        catch (RestUnavailableException e)
        {
            return (null, edit.Refused(Refusal.Of(e)));
        }
    }

    private async Task<(string? Saved, EditModel Again)> SaveAsync(EditModel edit, JsonObject document, string force, CancellationToken cancel)
    {
        var root = document.ContainsKey("containers") ? "v2/pods" : "v2/apps";
        if (edit.Id is not { } id)
        {
            var created = await client.SendAsync(HttpMethod.Post, $"{root}?force={force}", document.ToJsonString(), cancel);
            return created.IsSuccess ? (created.Body.Text("id") ?? IdOf(document), edit) : (null, edit.Refused(Refusal.Of(created)));
        }

        if (await ChangedAsync(root, id, edit.Version, cancel) is { } newer)
        {
            var warning = new FormProblem(null, $"{id} was changed by someone else while you were editing. Save again to put yours in its place.");
            return (null, edit with { Version = newer, Problems = [warning], Status = StatusCodes.Status409Conflict });
        }

        var partial = root == "v2/apps" ? "&partialUpdate=false" : "";
        var changed = await client.SendAsync(HttpMethod.Put, ServicesClient.PathOf(root, id, $"?force={force}{partial}"), document.ToJsonString(), cancel);
        return changed.IsSuccess ? (id, edit) : (null, edit.Refused(Refusal.Of(changed)));
    }

    private async Task<string?> ChangedAsync(string root, string id, string version, CancellationToken cancel)
    {
        var answer = await client.FindAsync(ServicesClient.PathOf(root, id), cancel);
        var current = (answer?.Object("app") ?? answer)?.Text("version");
        return current is null || version.Length == 0 || current == version ? null : current;
    }

    private static string IdOf(JsonObject document) => document["id"] is JsonValue id ? id.ToString() : "/";
}
