using System.CommandLine;
using System.Text.Json.Nodes;
using Tepui.Jobs;
using Tepui.Terminal;

namespace Tepui.Commands.Jobs;

/// <summary><c>tepui job show</c></summary>
internal sealed class JobShowCommand : JobsClientCommand
{
    private const int TimesMax = 1000;

    private readonly Argument<string> _name = JobArguments.Name();
    private readonly Option<int> _next = new("--next") { Description = "How many of the next runs to show", HelpName = "N", DefaultValueFactory = _ => 3 };

    public JobShowCommand()
        : base("show", "Shows one job: how it is doing, when it runs next in its zone, why it waits, and its definition as far as it says something.", "tepui job show nightly", "tepui job show nightly --next 10", "tepui job show nightly --output json")
    {
        Arguments.Add(_name);
        Options.Add(_next);
    }

    /// <inheritdoc/>
    protected override async Task<int> ExecuteAsync(JobsInvocation invocation, CancellationToken cancel)
    {
        var count = invocation.Parsed.GetValue(_next);
        if (count is < 0 or > TimesMax)
        {
            throw new CommandFailure(ExitCode.Usage, $"--next is {count}; it must be from 0 to {TimesMax}");
        }

        var name = invocation.Parsed.GetRequiredValue(_name);
        var job = await JobLookup.GetAsync(invocation.Client, name, cancel);
        var next = count > 0 && !job.Texts("parents").Any() ? await NextRuns.OfJobAsync(invocation.Client, name, count, cancel) : null;
        var explanation = await invocation.Client.GetAsync(JobsPaths.Job(name, "/explain"), cancel);
        if (invocation.IsJson)
        {
            var document = job.DeepClone().AsObject();
            document["next"] = next?.ToJson();
            document["explanation"] = explanation.DeepClone();
            JsonOutput.Write(document);
            return ExitCode.Ok;
        }

        Write(job, next, explanation, Console.Out);
        return ExitCode.Ok;
    }

    private static void Write(JsonObject job, NextRuns? next, JsonNode explanation, TextWriter output)
    {
        var now = TimeProvider.System.GetUtcNow();
        output.WriteLine($"{job.Text("name")}  {JobText.State(job)}, {JobText.Status(job)}");
        Line(output, "schedule", job.Texts("parents").Any() ? JobText.Schedule(job) : $"{JobText.Schedule(job)} ({JobText.Zone(job)})");
        Line(
            output,
            "runs",
            $"{job.Count("successCount")} succeeded, {job.Count("errorCount")} failed, {job.Count("errorsSinceLastSuccess")} since the last success; "
            + $"{job.Count("extras", "skippedCount")} skipped, {job.Count("extras", "lateCount")} late; {job.Count("extras", "running")} running, {job.Count("extras", "queued")} waiting");
        Line(output, "last success", At(job, "lastSuccess", now));
        Line(output, "last error", At(job, "lastError", now));
        Line(output, "last run", job.At("extras", "lastRun") is JsonObject last ? $"{RunText.Sentence(last, now)} ({RelativeTime.Of(last.Time("endedAt"), now)})" : null);
        Line(output, "missing", job.Texts("extras", "missingParents").ToList() is { Count: > 0 } missing ? $"parents that do not exist: {string.Join(", ", missing)}" : null);
        Line(
            output,
            "counted",
            job.At("extras", "edges") is JsonObject { Count: > 0 } edges ? string.Join(", ", edges.Select(edge => $"{edge.Key} {Fields.Plain(edge.Value.Number() ?? 0)}")) : null);
        if (explanation.Texts("reasons").Any())
        {
            output.WriteLine("  why");
            JobExplanation.WriteReasons(explanation, output, "    ");
        }

        if (next is not null)
        {
            output.WriteLine($"  next runs ({next.Zone})");
            next.WriteTo(output, "    ");
        }

        output.WriteLine();
        JsonOutput.Write(JobText.Short(job), output);
    }

    private static string? At(JsonNode job, string field, DateTimeOffset now) => job.Time(field) is { } time ? $"{Text.Iso(time)} ({RelativeTime.Of(time, now)})" : null;

    private static void Line(TextWriter output, string name, string? text)
    {
        if (text is not null)
        {
            output.WriteLine($"  {name,-14}{text.ReplaceLineEndings(" ")}");
        }
    }
}
