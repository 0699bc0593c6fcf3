using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Jobs;
using Tepui.Terminal;

namespace Tepui.Commands.Jobs;

/// <summary><c>tepui job rm</c></summary>
internal sealed class JobRemoveCommand : JobsClientCommand
{
    private readonly Argument<string[]> _names = new("NAME") { Description = "Jobs to remove", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _reparent = new("--reparent") { Arity = ArgumentArity.Zero, Description = "Remove jobs that others run after: those take their parents, or their schedule" };
    private readonly Option<bool> _all = new("--all") { Arity = ArgumentArity.Zero, Description = "Remove every job" };
    private readonly Option<bool> _yes = new("--yes", "-y") { Arity = ArgumentArity.Zero, Description = "Do not ask before removing every job" };

    public JobRemoveCommand()
        : base(
            "rm",
            "Removes jobs with their runs, and kills what runs of them. A job that others run after stays unless they are removed too, or --reparent says what becomes of them.",
            "tepui job rm nightly",
            "tepui job rm tick after",
            "tepui job rm tick --reparent",
            "tepui job rm --all --yes")
    {
        Arguments.Add(_names);
        Options.Add(_reparent);
        Options.Add(_all);
        Options.Add(_yes);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(JobsInvocation invocation, CancellationToken cancel)
    {
        var names = (invocation.Parsed.GetValue(_names) ?? []).Distinct(StringComparer.Ordinal).ToList();
        var isAll = invocation.Parsed.GetValue(_all);
        if (isAll == names.Count > 0)
        {
            throw new CommandFailure(ExitCode.Usage, isAll ? "--all and names exclude each other" : "nothing to remove: name jobs, or give --all");
        }

        var jobs = await JobLookup.AllAsync(invocation.Client, cancel);
        return isAll ? await RemoveAllAsync(invocation, jobs, cancel) : await RemoveAsync(invocation, new JobGraph(jobs), names, cancel);
    }

    private async Task<int> RemoveAllAsync(JobsInvocation invocation, IReadOnlyList<JsonObject> jobs, CancellationToken cancel)
    {
        if (!invocation.Parsed.GetValue(_yes))
        {
            await Console.Error.WriteLineAsync($"{jobs.Count} jobs and all their runs will be removed");
            await Confirmation.AskAsync(isInputRead: false, "Give --yes to do it.", cancel);
        }

        await invocation.Client.SendAsync(HttpMethod.Delete, JobsPaths.Jobs, null, cancel);
        Print(invocation, [.. jobs.Select(job => (job.Text("name") ?? "", Array.Empty<string>()))], $"{jobs.Count} jobs removed");
        return ExitCode.Ok;
    }

    private async Task<int> RemoveAsync(JobsInvocation invocation, JobGraph graph, List<string> names, CancellationToken cancel)
    {
        var isReparenting = invocation.Parsed.GetValue(_reparent);
        Check(graph, names, isReparenting);
        var removed = new List<(string Name, string[] Consequences)>();
        try
        {
            // Children first: a parent whose children are all gone has none to leave behind.
            foreach (var name in JobGraph.ParentsFirst(names, graph.ParentsOf).Reverse())
            {
                await JobLookup.AskAsync(
                    invocation.Client, name, () => invocation.Client.SendAsync(HttpMethod.Delete, JobsPaths.Job(name, isReparenting ? "" : "?strict=true"), null, cancel), cancel);
                removed.Add((name, [.. graph.ChildrenOf(name).Where(child => !names.Contains(child, StringComparer.Ordinal)).Select(child => Consequence(graph, name, child))]));
            }
        }
        finally
        {
            Print(invocation, removed, null);
        }

        return ExitCode.Ok;
    }

    private static void Check(JobGraph graph, List<string> names, bool isReparenting)
    {
        var unknown = names.Where(name => graph.Find(name) is null).ToList();
        if (unknown.Count > 0)
        {
            throw new CommandFailure(ExitCode.NotFound, string.Join("\ntepui: ", unknown.Select(name => JobLookup.Unknown(name).Message)) + (names.Count > 1 ? "\ntepui: nothing was removed" : ""));
        }

        if (isReparenting)
        {
            return;
        }

        var problems = new List<string>();
        foreach (var name in names)
        {
            var left = graph.ChildrenOf(name).Except(names, StringComparer.Ordinal).ToList();
            if (left.Count > 0)
            {
                problems.Add($"{string.Join(", ", left)} {(left.Count == 1 ? "runs" : "run")} after {name}. With --reparent: {string.Join("; ", left.Select(child => Consequence(graph, name, child)))}.");
            }
        }

        if (problems.Count > 0)
        {
            problems.Add("Nothing was removed. Remove the jobs that run after it too, or give --reparent.");
            throw new CommandFailure(ExitCode.Failure, string.Join("\ntepui: ", problems));
        }
    }

    /// <summary>What becomes of a child of a removed job, as the API does it.</summary>
    private static string Consequence(JobGraph graph, string name, string child)
    {
        var others = graph.Find(child)!.Texts("parents").Where(parent => parent != name).ToList();
        var job = graph.Find(name)!;
        if (!job.Texts("parents").Any() && JobText.Schedule(job) is var schedule && schedule != "-")
        {
            return $"{child} takes the schedule {schedule}{(others.Count > 0 ? $" and no longer runs after {string.Join(", ", others)}" : "")}";
        }

        var parents = others.Union(job.Texts("parents"), StringComparer.Ordinal).ToList();
        return parents.Count > 0 ? $"{child} runs after {string.Join(", ", parents)}" : $"{child} runs after no other job";
    }

    private static void Print(JobsInvocation invocation, IReadOnlyList<(string Name, string[] Consequences)> removed, string? summary)
    {
        if (invocation.IsJson)
        {
            JsonOutput.Write(new JsonArray(
                [.. removed.Select(one => new JsonObject { ["name"] = one.Name, ["consequences"] = new JsonArray([.. one.Consequences.Select(text => (JsonNode)text)]) })]));
            return;
        }

        foreach (var line in summary is not null ? [summary] : removed.SelectMany(one => one.Consequences.Select(text => $"  {text}").Prepend($"job {one.Name} removed")))
        {
            Console.Out.WriteLine(line);
        }
    }
}
