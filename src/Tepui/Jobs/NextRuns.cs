using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Tepui.Terminal;

namespace Tepui.Jobs;

/// <summary>Due times to come, as the API tells them.</summary>
/// <param name="Zone">The zone they are told in.</param>
/// <param name="Times">As in <c>2031-05-01T06:30:00-06:00</c>.</param>
internal sealed record NextRuns(string Zone, IReadOnlyList<string> Times)
{
    /// <summary>Of a job.</summary>
    public static async Task<NextRuns> OfJobAsync(JobsClient client, string name, int count, CancellationToken cancel) =>
        Read(await client.GetAsync(JobsPaths.Job(name, $"/next?count={count}"), cancel));

    /// <summary>Of a schedule that no job has.</summary>
    /// <param name="client">The jobs.</param>
    /// <param name="field"><c>schedule</c> or <c>cron</c>.</param>
    /// <param name="text">The schedule.</param>
    /// <param name="zone">Its zone, if said.</param>
    /// <param name="count">How many times.</param>
    /// <param name="cancel">Ends the request.</param>
    /// <exception cref="CommandFailure">The schedule cannot be read; the message shows where.</exception>
    public static async Task<NextRuns> PreviewAsync(JobsClient client, string field, string text, string? zone, int count, CancellationToken cancel)
    {
        var body = new JsonObject { [field] = text, ["count"] = count };
        if (zone is { Length: > 0 })
        {
            body["scheduleTimeZone"] = zone;
        }

        try
        {
            return Read((await client.SendAsync(HttpMethod.Post, JobsPaths.Preview, body, cancel)).Body);
        }
        catch (RefusedException wrong) when (wrong.Status == HttpStatusCode.BadRequest && wrong.Body.Items("problems").Any())
        {
            throw new CommandFailure(ExitCode.Failure, string.Join('\n', Places(wrong.Body, body).Prepend("the schedule cannot be used:")));
        }
    }

    /// <summary>Prints them with how far they are.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="indent">Put before each line.</param>
    /// <param name="isNew">Of a job that is yet to be made: a time in the past is caught up with at once.</param>
    public void WriteTo(TextWriter output, string indent, bool isNew = false)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var text in Times)
        {
            var time = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) ? Seen(parsed, now, isNew) : "";
            output.WriteLine($"{indent}{text}  {time}".TrimEnd());
        }

        if (Times.Count == 0)
        {
            output.WriteLine($"{indent}none");
        }
    }

    /// <summary>As a document.</summary>
    public JsonObject ToJson() => new() { ["zone"] = Zone, ["times"] = new JsonArray([.. Times.Select(time => (JsonNode)time)]) };

    private static string Seen(DateTimeOffset time, DateTimeOffset now, bool isNew) =>
        isNew && time < now ? $"missed {RelativeTime.Of(time, now)}, runs at once" : RelativeTime.Of(time, now);

    private static NextRuns Read(JsonNode? answer) => new(answer.Text("zone") ?? "UTC", [.. answer.Texts("times")]);

    private static IEnumerable<string> Places(JsonNode? refusal, JsonObject sent)
    {
        foreach (var problem in refusal.Items("problems"))
        {
            var path = problem.Text("path") ?? "/";
            var text = sent.Text(path.TrimStart('/'));
            if (text is not null && problem.Number("offset") is { } offset && offset >= 0 && offset <= text.Length && !text.Any(char.IsControl))
            {
                yield return $"  {text}";
                yield return $"  {new string(' ', (int)offset)}^ {problem.Text("message")}";
            }
            else
            {
                yield return $"  {path} {problem.Text("message")}";
            }
        }
    }
}
