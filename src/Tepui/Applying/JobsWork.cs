using System.Text.Json.Nodes;
using Tepui.Documents;
using Tepui.Jobs;
using Tepui.Terminal;

namespace Tepui.Applying;

/// <summary>All that is to be done for the jobs of a stack: planned first, then done, parents before their children.</summary>
internal sealed class JobsWork
{
    /// <summary>Nothing.</summary>
    public static readonly JobsWork None = new([]);

    private readonly IReadOnlyList<Step> _steps;

    private JobsWork(IReadOnlyList<Step> steps) => _steps = steps;

    private sealed record Step(JobDocument Job, PlannedChange Change);

    /// <summary>What would change.</summary>
    public IEnumerable<PlannedChange> Changes => _steps.Select(step => step.Change);

    /// <summary>Asks the jobs what would change. Nothing is changed.</summary>
    /// <exception cref="CommandFailure">Documents are refused, or parents are not there or wait for one another: all problems at once.</exception>
    public static async Task<JobsWork> PrepareAsync(JobsClient client, IReadOnlyList<JobDocument> jobs, CancellationToken cancel)
    {
        await RequireTepuiAsync(client, cancel);
        var problems = new List<string>();
        var steps = new List<Step>();
        foreach (var job in InOrder(jobs, await ParentsAsync(client, cancel), problems))
        {
            try
            {
                var plan = (await client.SendAsync(HttpMethod.Post, $"{JobsPaths.Put(job.IsDependent, isStrict: false)}?dryRun=true&keepSchedule=true", job.Json, cancel)).Body;
                if (StepOf(job, plan) is { Change.Fields.Count: > 0 } step)
                {
                    steps.Add(step);
                }
            }
            catch (RefusedException refused) when (JobAdding.IsAboutTheJob(refused))
            {
                problems.Add($"{job.Origin}: job {job.Name}: {JobsRefusalText.Of(refused)}");
            }
        }

        return problems.Count == 0 ? new(steps) : throw new CommandFailure(ExitCode.Failure, string.Join("\ntepui: ", problems));
    }

    /// <summary>Does it; one job that is refused does not hold up the others, but for those that run after it.</summary>
    /// <param name="client">The jobs.</param>
    /// <param name="told">Told each.</param>
    /// <param name="cancel">Ends the work between two jobs.</param>
    public async Task<IReadOnlyList<JobApplied>> DoAsync(JobsClient client, Action<JobApplied> told, CancellationToken cancel)
    {
        var applied = new List<JobApplied>();
        foreach (var (job, change) in _steps)
        {
            applied.Add(new(job, change.Change, await PutAsync(client, job, cancel)));
            told(applied[^1]);
        }

        return applied;
    }

    /// <summary>Sends a job; tells why it is refused, if it is.</summary>
    private static async Task<string?> PutAsync(JobsClient client, JobDocument job, CancellationToken cancel)
    {
        try
        {
            await client.SendAsync(HttpMethod.Post, $"{JobsPaths.Put(job.IsDependent, isStrict: true)}&keepSchedule=true", job.Json, cancel);
            return null;
        }
        catch (RefusedException refused) when (JobAdding.IsAboutTheJob(refused))
        {
            return JobsRefusalText.Of(refused);
        }
    }

    // A Chronos would make the jobs where only a plan is asked for.
    private static async Task RequireTepuiAsync(JobsClient client, CancellationToken cancel)
    {
        if ((await client.FindAsync(JobsPaths.Info, cancel)).Number("openRuns") is null)
        {
            throw new CommandFailure(ExitCode.Failure, "what answers as jobs cannot tell what would change, as 'tepui jobs' does; 'tepui job add' works with it");
        }
    }

    private static async Task<Dictionary<string, IReadOnlyList<string>>> ParentsAsync(JobsClient client, CancellationToken cancel) =>
        (await client.GetAsync(JobsPaths.Summary, cancel)).Items("jobs").Where(job => job.Text("name") is not null)
            .ToDictionary(job => job.Text("name")!, job => (IReadOnlyList<string>)[.. job.Texts("parents")], StringComparer.Ordinal);

    /// <summary>The jobs, parents first, as the graph will be.</summary>
    private static IEnumerable<JobDocument> InOrder(IReadOnlyList<JobDocument> jobs, Dictionary<string, IReadOnlyList<string>> parents, List<string> problems)
    {
        var byName = jobs.ToDictionary(job => job.Name, StringComparer.Ordinal);
        foreach (var job in jobs)
        {
            parents[job.Name] = job.Parents;
        }

        foreach (var job in jobs)
        {
            problems.AddRange(job.Parents.Index().Where(parent => !parents.ContainsKey(parent.Item))
                .Select(parent => $"{job.Origin}: job {job.Name}: parents[{parent.Index}] is '{parent.Item}', a job that neither exists nor is in the files"));
        }

        if (JobGraph.Cycle(byName.Keys, Known) is { } cycle)
        {
            problems.Add($"{byName[cycle.First(byName.ContainsKey)].Origin}: parents close a cycle, in which every job would wait for itself: {string.Join(" -> ", cycle)}");
        }

        return JobGraph.ParentsFirst([.. byName.Keys, .. parents.Keys.Except(byName.Keys, StringComparer.Ordinal)], Known).Where(byName.ContainsKey).Select(name => byName[name]).ToList();

        IEnumerable<string> Known(string name) => parents.GetValueOrDefault(name, []);
    }

    private static Step StepOf(JobDocument job, JsonNode? plan)
    {
        var after = plan.At("after") as JsonObject ?? [];
        if (plan.At("before") is not JsonObject before)
        {
            return new(job, new("job", job.Name, "create", DocumentDiff.Between(new JsonObject(), JobText.Short(after))));
        }

        // Disabled by hand, or because it failed or ran out, it stays that unless the document says otherwise.
        if (before.IsTrue("disabled") && !job.Json.ContainsKey("disabled"))
        {
            after["disabled"] = true;
            job.Json["disabled"] = true;
        }

        return new(job, new("job", job.Name, "update", DocumentDiff.Between(before, after)));
    }
}
