using System.Text.Json.Nodes;
using Tepui.Jobs;

namespace Tepui.Applying;

/// <summary>What became of one job that was applied.</summary>
/// <param name="Job">The job.</param>
/// <param name="Change"><c>create</c> or <c>update</c>.</param>
/// <param name="Problem">Why it was refused, if it was.</param>
internal sealed record JobApplied(JobDocument Job, string Change, string? Problem)
{
    /// <summary>For people.</summary>
    public string Text => Problem is null ? $"job {Job.Name} {Outcome}" : $"tepui: {Job.Origin}: job {Job.Name}: {Problem}";

    private string Outcome => Problem is not null ? "refused" : Change == "create" ? "created" : "updated";

    /// <summary>As a document.</summary>
    public JsonObject ToJson()
    {
        var result = new JsonObject { ["name"] = Job.Name, ["outcome"] = Outcome };
        if (Problem is not null)
        {
            result["problem"] = Problem;
        }

        return result;
    }
}
