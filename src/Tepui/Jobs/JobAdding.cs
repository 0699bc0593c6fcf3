using System.Net;
using Tepui.Terminal;

namespace Tepui.Jobs;

/// <summary>Adds jobs one by one, and tells of each how it went: one that is refused does not hold up the others.</summary>
/// <param name="client">The jobs.</param>
/// <param name="isStrict">Refuse parents that do not exist.</param>
internal sealed class JobAdding(JobsClient client, bool isStrict)
{
    private const int TimesShown = 3;

    /// <summary>Adds them in this order.</summary>
    public async Task<IReadOnlyList<JobAdded>> AddAsync(IReadOnlyList<JobDocument> jobs, CancellationToken cancel)
    {
        var results = new List<JobAdded>();
        foreach (var job in jobs)
        {
            results.Add(await AddAsync(job, cancel));
        }

        return results;
    }

    /// <summary>Changes nothing: only asks when they would run.</summary>
    public async Task<IReadOnlyList<JobAdded>> PreviewAsync(IReadOnlyList<JobDocument> jobs, CancellationToken cancel)
    {
        var results = new List<JobAdded>();
        foreach (var job in jobs)
        {
            var (field, text) = job.Json.Text("cron") is { } cron ? ("cron", cron) : ("schedule", job.Json.Text("schedule"));
            try
            {
                var next = job.IsDependent || text is null ? null : await NextRuns.PreviewAsync(client, field, text, job.Json.Text("scheduleTimeZone"), TimesShown, cancel);
                results.Add(new(job, "dry run", next, null));
            }
            catch (CommandFailure wrong)
            {
                results.Add(new(job, "refused", null, wrong.Message));
            }
        }

        return results;
    }

    /// <summary>Whether a refusal is about the job that was sent; otherwise all others would be refused as well.</summary>
    public static bool IsAboutTheJob(RefusedException refused) =>
        refused.Status is HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.InternalServerError or HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge;

    private async Task<JobAdded> AddAsync(JobDocument job, CancellationToken cancel)
    {
        var isThere = await JobLookup.FindAsync(client, job.Name, cancel) is not null;
        RestAnswer answer;
        try
        {
            answer = await client.SendAsync(HttpMethod.Post, JobsPaths.Put(job.IsDependent, isStrict), job.Json, cancel);
        }
        catch (RefusedException refused) when (IsAboutTheJob(refused))
        {
            return new(job, "refused", null, JobsRefusalText.Of(refused));
        }

        var next = job.IsDependent || job.Json.IsTrue("disabled") ? null : await NextRuns.OfJobAsync(client, job.Name, TimesShown, cancel);
        return new(job, isThere ? "updated" : "created", next, null) { Warning = answer.Warning() };
    }
}
