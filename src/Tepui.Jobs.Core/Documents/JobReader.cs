using System.Text.Json;
using Tepui.Jobs.Core.Specs;
using Tepui.Model;

namespace Tepui.Jobs.Core.Documents;

/// <summary>Makes a job of a document.</summary>
internal static class JobReader
{
    /// <summary>Reads all of it, so that all its problems are known at once.</summary>
    /// <param name="root">The document, an object.</param>
    /// <param name="kind">As what it was sent.</param>
    /// <param name="options">Defaults.</param>
    /// <param name="now">Time of reading.</param>
    public static JobDraft Read(JsonElement root, DraftKind kind, JobsOptions options, DateTimeOffset now)
    {
        List<Problem> problems = [], createProblems = [];
        var job = new Members(root, "", problems);
        var name = Name(job);
        var fetch = job.Objects("fetch", PartReader.Fetch);
        var uris = Uris(job, kind, fetch, createProblems);
        var spec = new JobSpec
        {
            Name = name,
            Command = job.ProcessText("command") ?? "",
            Shell = job.Flag("shell") ?? true,
            Arguments = job.ProcessTexts("arguments"),
            Executor = job.Text("executor") ?? "",
            ExecutorFlags = job.Text("executorFlags") ?? "",
            TaskInfoData = job.Text("taskInfoData", Limits.Block) ?? "",
            Schedule = kind is DraftKind.Scheduled ? ScheduleReader.Read(job, now, createProblems) : null,
            Parents = Parents(job, kind, name, problems),
            Retries = (int)(job.Whole("retries", 0, Limits.Retries) ?? 2),
            RetryBackoff = PolicyReader.Backoff(job),
            Owner = job.Text("owner") ?? "",
            OwnerName = job.Text("ownerName") ?? "",
            Description = job.Text("description", Limits.Block) ?? "",
            Cpus = Resource(job, "cpus", options.TaskCpu),
            Mem = Resource(job, "mem", options.TaskMem),
            Disk = Resource(job, "disk", options.TaskDisk),
            Disabled = job.Flag("disabled") ?? false,
            SoftError = job.Flag("softError") ?? false,
            DataProcessing = job.Flag("dataProcessingJobType") ?? false,
            MaxCompletionTime = TimeSpan.FromSeconds(job.Whole("maxCompletionTime", 0, Limits.Seconds) ?? 0),
            HighPriority = job.Flag("highPriority") ?? false,
            RunAsUser = job.Text("runAsUser") ?? options.User ?? "",
            Environment = job.Objects("environmentVariables", PartReader.Variable),
            Fetch = fetch,
            Uris = uris,
            Constraints = job.Each("constraints", (item, at) => PartReader.Constraint(item, at, problems), Limits.Constraints),
            Container = job.Object("container") is { IsEmpty: false } container ? ContainerReader.Read(container) : null,
            Async = job.Flag("async") ?? false,
            Epsilon = PolicyReader.Epsilon(job),
            CatchUp = PolicyReader.CatchUpOf(job),
            Concurrency = PolicyReader.ConcurrencyOf(job),
            Delivery = PolicyReader.DeliveryOf(job),
            ParentTrigger = PolicyReader.ParentTriggerOf(job),
            Notify = PolicyReader.Notify(job),
        };
        if (problems.Count == 0 && ShellLine.Problem(spec, string.Join(' ', spec.Arguments)) is { } tooLong)
        {
            job.Refuse("arguments", tooLong);
        }

        return new(kind, problems.Count == 0 ? spec : null, problems, createProblems) { Warnings = problems.Count == 0 ? JobWarnings.Of(new(root, "", []), kind, spec) : [] };
    }

    private static JobName Name(Members job)
    {
        if (!job.Has("name"))
        {
            job.Refuse("name", "is missing; every job has a name");
            return default;
        }

        if (job.Text("name") is not { } text)
        {
            return default;
        }

        if (!JobName.TryParse(text, out var name, out var problem))
        {
            job.Refuse("name", NameProblem(text, problem));
        }

        return name;
    }

    private static IReadOnlyList<JobName> Parents(Members job, DraftKind kind, JobName own, List<Problem> problems)
    {
        var names = job.Each("parents", (item, at) => Parent(item, at, own, problems));
        if (kind is DraftKind.Scheduled)
        {
            if (names.Count > 0)
            {
                job.Refuse("parents", "stands in a job with a schedule; send a job with parents to /dependency");
            }

            return [];
        }

        if (!string.IsNullOrEmpty(job.Text("cron")))
        {
            job.Refuse("cron", "stands in a job with parents, which its parents start; leave one of them out");
        }

        return [.. names.Distinct(StringComparer.Ordinal).Select(name => new JobName(name))];
    }

    private static string? Parent(JsonElement item, string at, JobName own, List<Problem> problems)
    {
        if (Members.Text(item, at, Limits.Line, problems) is not { } text)
        {
            return null;
        }

        if (!JobName.TryParse(text, out var name, out var problem))
        {
            problems.Add(new(at, NameProblem(text, problem)));
            return null;
        }

        if (name == own)
        {
            problems.Add(new(at, $"is '{own}', the job itself; it would wait for its own end"));
            return null;
        }

        return text;
    }

    private static string NameProblem(string text, string problem) => text.Length == 0 ? problem : problem.Replace(text, Members.Cut(text), StringComparison.Ordinal);

    // Lists of jobs show fetch in uris too: what comes back from them is not fetched twice.
    private static IReadOnlyList<string> Uris(Members job, DraftKind kind, IReadOnlyList<Fetch> fetch, List<Problem> createProblems)
    {
        var uris = job.Texts("uris");
        if (uris.Count == 0 || fetch.Count == 0)
        {
            return uris;
        }

        if (kind is DraftKind.Scheduled)
        {
            createProblems.Add(new("uris", "stands beside fetch, its newer form; a new job has one of them"));
        }

        return [.. uris.Where(uri => fetch.All(one => one.Uri != uri))];
    }

    // Zero means the default; thousandths are counted.
    private static long Resource(Members job, string name, long standard)
    {
        var amount = job.Number(name, 0, Limits.Resource) ?? 0;
        if (amount is > 0 and < Limits.ResourceLeast)
        {
            job.Refuse(name, $"is below 0.001, the least that can be given; 0 is the default");
        }

        return amount == 0 ? standard : (long)Math.Round(amount * 1000);
    }
}
