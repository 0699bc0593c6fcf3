using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Tepui.Web.Feeds;
using Tepui.Web.Jobs;
using Tepui.Web.Pages.Edit;
using Tepui.Web.Rest;

namespace Tepui.Web.Pages.JobEdit;

/// <summary>Asks the jobs scheduler what would come of a schedule.</summary>
/// <param name="client">The jobs scheduler.</param>
/// <param name="feed">What is known of the jobs.</param>
/// <param name="time">The clock.</param>
public sealed class SchedulePreviewer(JobsClient client, JobsFeed feed, TimeProvider time)
{
    private const int Count = 5;
    private const int KnownMax = 100;

    // The same text is asked for again while a form is open.
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, (long At, SchedulePreview Preview)> _known = new(StringComparer.Ordinal);

    /// <summary>What would come of a job's document.</summary>
    public async Task<SchedulePreview> OfAsync(JsonObject? job, CancellationToken cancel)
    {
        if (job is null)
        {
            return new SchedulePreview { Words = "The next runs are shown when the document can be read." };
        }

        var kind = JobForm.KindOf(job);
        var text = FieldText.Show(FieldKind.Text, job[kind]).Trim();
        if (kind == JobLayout.Dependent)
        {
            return new SchedulePreview { Words = OfParents([.. ((JsonArray)job["parents"]!).Select(parent => FieldText.Show(FieldKind.Text, parent)).Distinct(StringComparer.Ordinal)]) };
        }

        if (text.Length == 0)
        {
            return new SchedulePreview { Words = "Without a schedule and without parents it runs once, at once." };
        }

        var request = new JsonObject { [kind] = text, ["scheduleTimeZone"] = FieldText.Show(FieldKind.Text, job["scheduleTimeZone"]).Trim(), ["count"] = Count };
        return await AskAsync(text, request.ToJsonString(), cancel);
    }

    private async Task<SchedulePreview> AskAsync(string text, string request, CancellationToken cancel)
    {
        if (_known.TryGetValue(request, out var known) && time.GetElapsedTime(known.At) < Age)
        {
            return known.Preview;
        }

        var preview = await FetchAsync(text, request, cancel);
        if (_known.Count >= KnownMax)
        {
            _known.Clear();
        }

        _known[request] = (time.GetTimestamp(), preview);
        return preview;
    }

    private async Task<SchedulePreview> FetchAsync(string text, string request, CancellationToken cancel)
    {
        try
        {
            var answer = await client.SendAsync(HttpMethod.Post, "preview", request, cancel);
            return answer.IsSuccess
                ? new SchedulePreview { Zone = answer.Body.Text("zone") ?? "", Times = [.. answer.Body.List("times").Select(at => JsonRead.Moment(at.Text())).OfType<DateTimeOffset>()] }
                : new SchedulePreview { Text = text, Problems = answer.Problems.Count > 0 ? answer.Problems : [new JobProblem("", answer.Message)] };
        }
        catch (RestUnavailableException e)
        {
            return new SchedulePreview { Words = e.Message };
        }
    }

    private string OfParents(IReadOnlyList<string> parents)
    {
        var missing = parents.Where(parent => !feed.Current.Jobs.TryGet(parent, out _)).ToList();
        var when = parents.Count == 1 ? $"It runs when {parents[0]} has run." : $"It runs when each of {string.Join(", ", parents.SkipLast(1))} and {parents[^1]} has run.";
        return missing.Count == 0 ? when : $"{when} {string.Join(", ", missing)} {(missing.Count == 1 ? "does" : "do")} not exist.";
    }
}
