using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tepui.Web.Feeds;
using Tepui.Web.Jobs;
using Tepui.Web.Layout;
using Tepui.Web.Pages.Dialogs;
using Tepui.Web.Pages.JobDialogs;
using Tepui.Web.Rest;

namespace Tepui.Web.Commands;

/// <summary>Turns what a dialog of a job sends into requests to the jobs scheduler.</summary>
/// <param name="client">The jobs scheduler.</param>
public sealed class JobCommandRunner(JobsClient client)
{
    /// <summary>Does it.</summary>
    /// <returns>Where to go next; or why it was refused.</returns>
    public async Task<(string? Next, Refusal? Refused)> RunAsync(JobAction action, IFormCollection form, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(form);
        var query = JobDialogQuery.From(action, form);
        var page = DialogQuery.Close(form["from"].ToString());
        try
        {
            var answer = action switch
            {
                JobAction.Run => await RunJobAsync(query, cancel),
                JobAction.Stop => await SendAsync(HttpMethod.Delete, $"task/kill/{Uri.EscapeDataString(query.On)}", cancel),
                JobAction.EndRun => await SendAsync(HttpMethod.Delete, JobsClient.PathOf(query.On, $"/runs/{query.Run}"), cancel),

                // Children that came after the dialog was drawn were not agreed to.
                JobAction.Delete => await SendAsync(HttpMethod.Delete, JobsClient.PathOf(query.On, form["children"] == "0" ? "?strict=true" : ""), cancel),
                JobAction.Backfill => await client.SendAsync(HttpMethod.Post, JobsClient.PathOf(query.On, "/backfill"), new JsonObject { ["from"] = query.Since.Trim(), ["to"] = query.Until.Trim() }.ToJsonString(), cancel),
                _ => await SendAsync(HttpMethod.Post, JobsClient.PathOf(query.On, "/" + JobDialogQuery.NameOf(action)), cancel),
            };
            return answer switch
            {
                { IsSuccess: false } => (null, Refusal.Of(answer)),

                // Somebody disabled the job after the dialog was drawn.
                { Warning: { } warning } when action == JobAction.Run => (null, Refusal.Of($"{warning}.")),
                _ => (After(query, page, answer), null),
            };
        }
        catch (RestUnavailableException e)
        {
            return (null, Refusal.Of(e));
        }
    }

    private static string After(JobDialogQuery query, string page, JobsAnswer answer) => query.Action switch
    {
        JobAction.Delete when page.Split('?')[0] == Links.Job(query.On) => Links.Jobs,
        JobAction.Backfill => Links.With(Links.Job(query.On), ("backfilled", $"{answer.Body.Int("runs")}")),
        _ => page,
    };

    private async Task<JobsAnswer> RunJobAsync(JobDialogQuery query, CancellationToken cancel)
    {
        var body = new JsonObject();
        if (query.Arguments.Trim() is { Length: > 0 } arguments)
        {
            body["arguments"] = arguments;
        }

        var variables = new JsonArray();
        foreach (var line in query.Environment.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                return new JobsAnswer(HttpStatusCode.UnprocessableEntity, JsonElement.Parse(new JsonObject { ["message"] = $"'{line}' is no variable; write NAME=VALUE." }.ToJsonString()));
            }

            variables.Add(new JsonObject { ["name"] = line[..equals].Trim(), ["value"] = line[(equals + 1)..] });
        }

        if (variables.Count > 0)
        {
            body["environmentVariables"] = variables;
        }

        return await client.SendAsync(HttpMethod.Post, JobsClient.PathOf(query.On, "/run"), body.ToJsonString(), cancel);
    }

    private Task<JobsAnswer> SendAsync(HttpMethod method, string path, CancellationToken cancel) => client.SendAsync(method, path, null, cancel);
}
