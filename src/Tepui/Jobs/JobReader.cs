using System.Text.Json.Nodes;
using Tepui.Documents;
using Tepui.Terminal;

namespace Tepui.Jobs;

/// <summary>Reads jobs from documents, and puts parents before their children.</summary>
internal static class JobReader
{
    /// <summary>All jobs. A list, and an object that only has <c>jobs</c>, hold jobs together. Counters that answers carry are left out.</summary>
    /// <exception cref="CommandFailure">Documents that are no jobs, have no name, or describe the same job twice: all of them at once.</exception>
    public static IReadOnlyList<JobDocument> Read(IEnumerable<SourceDocument> sources)
    {
        var problems = new List<string>();
        var jobs = Read(sources, problems);
        return problems.Count == 0 ? ParentsFirst(jobs) : throw new CommandFailure(ExitCode.Usage, string.Join("\ntepui: ", problems));
    }

    /// <summary>All jobs in the order they are written; what is wrong goes to <paramref name="problems"/>.</summary>
    public static IReadOnlyList<JobDocument> Read(IEnumerable<SourceDocument> sources, List<string> problems)
    {
        var jobs = new List<JobDocument>();
        foreach (var source in sources)
        {
            Take(source.Json, source.Origin, jobs, problems);
        }

        problems.AddRange(jobs.GroupBy(job => job.Name, StringComparer.Ordinal).Where(twins => twins.Count() > 1)
            .Select(twins => $"the job {twins.Key} is described more than once: {string.Join(", ", twins.Select(twin => twin.Origin))}"));
        return jobs;
    }

    /// <summary>Jobs in an order in which no job comes before one of its parents, as far as there is one; otherwise as they were.</summary>
    internal static IReadOnlyList<JobDocument> ParentsFirst(IReadOnlyList<JobDocument> jobs)
    {
        var byName = jobs.ToDictionary(job => job.Name, StringComparer.Ordinal);
        return [.. JobGraph.ParentsFirst([.. byName.Keys], name => byName[name].Parents).Select(name => byName[name])];
    }

    private static void Take(JsonNode json, string origin, List<JobDocument> jobs, List<string> problems)
    {
        switch (json)
        {
            case JsonArray list:
                for (var index = 0; index < list.Count; index++)
                {
                    Take(list[index] ?? JsonValue.Create(""), $"{origin}({index})", jobs, problems);
                }

                break;
            case JsonObject holder when holder.Count == 1 && holder["jobs"] is JsonArray held:
                Take(held, $"{origin}/jobs", jobs, problems);
                break;
            case JsonObject job when job.Text("name") is { Length: > 0 } name:
                jobs.Add(new(name, JobText.Definition(job), origin));
                break;
            case JsonObject job:
                problems.Add(job.ContainsKey("name") ? $"{origin}: /name must be a text that is not empty" : $"{origin}: /name is missing; a job needs one");
                break;
            default:
                problems.Add($"{origin}: a job was expected, as an object");
                break;
        }
    }
}
