using System.Text.Json;
using Tepui.Web.Feeds;

namespace Tepui.Web.Jobs;

/// <summary>One event of the jobs scheduler.</summary>
/// <param name="Type"><c>job_changed</c>, <c>job_removed</c> or <c>run_changed</c>.</param>
/// <param name="Job">The job it is about; null when it is about none that can be told.</param>
public sealed record JobsEvent(string Type, string? Job)
{
    /// <summary>What has to be read again after it.</summary>
    public Change Meaning => Type switch
    {
        "job_changed" or "job_removed" or "run_changed" => Job is null ? Change.All : new Change(false, false, Job),
        _ => Change.None,
    };

    /// <summary>Reads it. The job is told by name, or whole.</summary>
    public static JobsEvent From(string type, string data)
    {
        try
        {
            using var document = JsonDocument.Parse(data);
            var root = document.RootElement;
            return new JobsEvent(type, root.Object("job")?.Text("name") ?? root.Object("run")?.Text("job") ?? root.Text("job") ?? root.Text("name"));
        }
        catch (JsonException)
        {
            return new JobsEvent(type, null);
        }
    }
}
