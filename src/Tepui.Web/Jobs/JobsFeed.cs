using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tepui.Web.Feeds;
using Tepui.Web.Rest;

namespace Tepui.Web.Jobs;

/// <summary>What the jobs scheduler tells, kept up to date while someone watches.</summary>
public sealed class JobsFeed(JobsClient client, TimeProvider time, ILogger<JobsFeed> logger) : RestFeed<JobsSnapshot>(JobsSnapshot.Empty, time)
{
    /// <summary>How many of a job's last runs lists show.</summary>
    public const int RunsShown = 12;

    private const int AtOnce = 8;
    private const int RunsKept = 10_000;

    // A scheduler without events, such as Chronos itself, is asked so often, as its own page does.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    // While events come in, an answer may be older than the last of them.
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Recent> _runs = new(StringComparer.Ordinal);
    private int _events;

    /// <inheritdoc/>
    protected override bool IsConfigured => client.IsConfigured;

    // Reading a job alone costs about as much as fifty in a list.
    /// <inheritdoc/>
    protected override int NamesMax => Math.Max(16, Current.Jobs.All.Count / 50);

    /// <summary>The last runs of some jobs, newest first, for the small bars of lists. Read again only after an event of the job.</summary>
    /// <exception cref="RestUnavailableException">The jobs scheduler does not answer as it should.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<JobRun>>> LastRunsAsync(IReadOnlyCollection<string> jobs, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        if (_runs.Count > RunsKept)
        {
            _runs.Clear();
        }

        await EachAsync(jobs.Where(job => !IsKnown(job)), async (job, stop) =>
        {
            var events = Volatile.Read(ref _events);
            var answer = await client.FindAsync(JobsClient.PathOf(job, $"/runs?limit={RunsShown}"), stop);
            _runs[job] = new Recent(answer is { } told ? RunsOf(told, job) : [], events == Volatile.Read(ref _events), Time.GetTimestamp());
        }, cancel);
        return jobs.Distinct(StringComparer.Ordinal).ToDictionary(job => job, job => _runs.TryGetValue(job, out var known) ? known.Runs : [], StringComparer.Ordinal);
    }

    /// <summary>The runs of an answer, which is a list or has one.</summary>
    public static IReadOnlyList<JobRun> RunsOf(JsonElement answer, string job) =>
        [.. (answer.ValueKind == JsonValueKind.Array ? answer.EnumerateArray() : answer.List("runs")).Select(run => JobRun.From(run, job))];

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<Change> ChangesAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        _runs.Clear();
        var events = client.SubscribeAsync(cancel).GetAsyncEnumerator(cancel);
        await using (events.ConfigureAwait(false))
        {
            while (await NextAsync(events, cancel) is { } change)
            {
                Interlocked.Increment(ref _events);
                if (change.Name is { } job)
                {
                    _runs.TryRemove(job, out _);
                }
                else if (change.Everything)
                {
                    _runs.Clear();
                }

                yield return change;
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task<JobsSnapshot> ReadAsync(JobsSnapshot known, Due due, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(due);
        if (due.Everything || !known.IsLoaded)
        {
            var summary = await client.FindAsync("jobs/summary?extras=true", cancel) ?? throw new RestUnavailableException($"{client.Address} does not list jobs as Chronos does.");
            return new JobsSnapshot { IsLoaded = true, Jobs = new JobTable(summary.List("jobs").Select(JobSummary.From)) };
        }

        var changes = new ConcurrentDictionary<string, JobSummary?>(StringComparer.Ordinal);
        await EachAsync(due.Names, async (job, stop) =>
            changes[job] = await client.FindAsync(JobsClient.PathOf(job, "?extras=true"), stop) is { } told ? JobSummary.From(told) : null, cancel);
        return known with { Jobs = known.Jobs.With(changes) };
    }

    /// <inheritdoc/>
    protected override Task<JsonElement?> FetchAsync(string path, CancellationToken cancel) => client.FindAsync(path, cancel);

    /// <inheritdoc/>
    protected override JobsSnapshot Reconnected(JobsSnapshot known) => known;

    /// <inheritdoc/>
    protected override void LogUnread(string problem) => logger.JobsUnread(problem);

    private bool IsKnown(string job) => _runs.TryGetValue(job, out var known) && (known.IsSure || Time.GetElapsedTime(known.At) < Doubt);

    private async Task<Change?> NextAsync(IAsyncEnumerator<JobsEvent> events, CancellationToken cancel)
    {
        try
        {
            return await events.MoveNextAsync() ? events.Current.Meaning : null;
        }
        catch (RestUnavailableException e) when (e.Status == HttpStatusCode.NotFound)
        {
            // Then everything is read when the connection is made anew.
            await Task.Delay(Poll, Time, cancel);
            return null;
        }
    }

    private static Task EachAsync(IEnumerable<string> jobs, Func<string, CancellationToken, Task> act, CancellationToken cancel) =>
        Parallel.ForEachAsync(jobs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (job, stop) => await act(job, stop));

    private sealed record Recent(IReadOnlyList<JobRun> Runs, bool IsSure, long At);
}
