using System.Net;
using System.Text.Json.Nodes;
using Tepui.Terminal;

namespace Tepui.Jobs;

/// <summary>Finds jobs, and tells requests about a job that is not there from requests that are wrong.</summary>
internal static class JobLookup
{
    /// <summary>The job with what it does now; <see langword="null"/> if there is none of this name.</summary>
    public static async Task<JsonObject?> FindAsync(JobsClient client, string name, CancellationToken cancel)
    {
        try
        {
            return await client.GetAsync(JobsPaths.Job(name, "?extras=true"), cancel) as JsonObject;
        }
        catch (RefusedException unknown) when (unknown.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>The job with what it does now.</summary>
    /// <exception cref="CommandFailure">There is none.</exception>
    public static async Task<JsonObject> GetAsync(JobsClient client, string name, CancellationToken cancel) => await FindAsync(client, name, cancel) ?? throw Unknown(name);

    /// <summary>All jobs with what they do now, by name.</summary>
    public static async Task<IReadOnlyList<JsonObject>> AllAsync(JobsClient client, CancellationToken cancel) =>
        [.. (await client.GetAsync(JobsPaths.JobsWithExtras, cancel)).Items().OfType<JsonObject>().OrderBy(job => job.Text("name"), StringComparer.Ordinal)];

    /// <summary>Runs of a job, the newest first.</summary>
    public static async Task<IReadOnlyList<JsonNode>> RunsAsync(JobsClient client, string name, int limit, CancellationToken cancel)
    {
        var answer = await AskAsync(client, name, () => client.GetAsync(JobsPaths.Runs(name, limit), cancel), cancel);
        return [.. answer.Items()];
    }

    /// <summary>One run of a job.</summary>
    /// <exception cref="CommandFailure">There is no such job or run.</exception>
    public static async Task<JsonNode> RunAsync(JobsClient client, string name, long number, CancellationToken cancel)
    {
        try
        {
            return await AskAsync(client, name, () => client.GetAsync(JobsPaths.Run(name, number), cancel), cancel);
        }
        catch (RefusedException unknown) when (unknown.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
        {
            throw new CommandFailure(ExitCode.NotFound, $"{name} has no run {number}; 'tepui job runs {name}' lists those that are kept");
        }
    }

    /// <summary>Asks something about a job.</summary>
    /// <param name="client">The jobs.</param>
    /// <param name="name">The job.</param>
    /// <param name="ask">The request.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="CommandFailure">It is refused because there is no such job: the API gives such refusals no status of their own.</exception>
    public static async Task<T> AskAsync<T>(JobsClient client, string name, Func<Task<T>> ask, CancellationToken cancel)
    {
        try
        {
            return await ask();
        }
        catch (RefusedException refused) when (refused.Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
        {
            if (await FindAsync(client, name, cancel) is null)
            {
                throw Unknown(name);
            }

            throw;
        }
    }

    /// <summary>The failure of a command about a job that is not there.</summary>
    public static CommandFailure Unknown(string name) => new(ExitCode.NotFound, $"no job has the name '{name}'; 'tepui job ls' lists those there are");
}
