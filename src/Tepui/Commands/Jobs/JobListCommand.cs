using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Jobs;
using Tepui.Terminal;

namespace Tepui.Commands.Jobs;

/// <summary><c>tepui job ls</c></summary>
internal sealed class JobListCommand : JobsClientCommand
{
    private static readonly string[] SearchedFields = ["name", "command", "owner", "ownerName", "description"];

    private readonly Option<string?> _search = new("--search") { Description = "Only jobs with this in name, command, owner or description", HelpName = "TEXT" };
    private readonly Option<bool> _wide = new("--wide", "-w") { Arity = ArgumentArity.Zero, Description = "More columns" };

    public JobListCommand()
        : base("ls", "Lists jobs: when they run, how the last run ended, and what they do now.", "tepui job ls", "tepui job ls --search report --wide", "tepui job ls --output json | jq '.[].name'")
    {
        Options.Add(_search);
        Options.Add(_wide);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(JobsInvocation invocation, CancellationToken cancel)
    {
        var text = invocation.Parsed.GetValue(_search);
        var jobs = (await JobLookup.AllAsync(invocation.Client, cancel)).Where(job => text is null || Holds(job, text)).ToList();
        if (invocation.IsJson)
        {
            JsonOutput.Write(new JsonArray([.. jobs.Select(job => job.DeepClone())]));
            return ExitCode.Ok;
        }

        var now = TimeProvider.System.GetUtcNow();
        var isWide = invocation.Parsed.GetValue(_wide);
        string[] headers = ["NAME", "SCHEDULE", "NEXT RUN", "STATUS", "STATE", "OK", "FAILED"];
        var table = new Table(isWide ? [.. headers, "SKIPPED", "LATE", "LAST SUCCESS", "LAST ERROR", "CPUS", "MEM (MB)", "OWNER", "COMMAND"] : headers);
        foreach (var job in jobs)
        {
            string[] cells =
            [
                job.Text("name") ?? "", JobText.ShortSchedule(job), JobText.NextRun(job, now), JobText.Status(job), JobText.State(job), $"{job.Count("successCount")}", $"{job.Count("errorCount")}",
            ];
            table.Add(isWide ? [.. cells, .. More(job, now)] : cells);
        }

        table.WriteTo(Console.Out);
        return ExitCode.Ok;
    }

    private static bool Holds(JsonNode job, string text) =>
        SearchedFields.Any(field => job.Text(field)?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);

    private static string[] More(JsonNode job, DateTimeOffset now) =>
    [
        $"{job.Count("extras", "skippedCount")}", $"{job.Count("extras", "lateCount")}", RelativeTime.Of(job.Time("lastSuccess"), now), RelativeTime.Of(job.Time("lastError"), now),
        Fields.Plain(job.Number("cpus") ?? 0), Fields.Plain(job.Number("mem") ?? 0), job.Text("owner") is { Length: > 0 } owner ? owner : "-", job.Text("command") ?? "",
    ];
}
