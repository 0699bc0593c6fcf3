using System.Text.Json.Nodes;
using Tepui.Terminal;

namespace Tepui.Jobs;

/// <summary>What became of one job that was to be added.</summary>
/// <param name="Job">The job.</param>
/// <param name="Outcome"><c>created</c>, <c>updated</c>, <c>refused</c>, or <c>dry run</c>.</param>
/// <param name="Next">When it runs next, if a schedule says so.</param>
/// <param name="Problem">Why it was refused.</param>
internal sealed record JobAdded(JobDocument Job, string Outcome, NextRuns? Next, string? Problem)
{
    /// <summary>What its author should know, though it was taken.</summary>
    public string? Warning { get; init; }

    /// <summary>Prints it for people.</summary>
    public void WriteTo(TextWriter output)
    {
        output.WriteLine($"job {Job.Name} {Outcome}{(Job.IsDependent ? $"; it runs {JobText.Schedule(Job.Json)}" : Job.Json.IsTrue("disabled") ? "; it is disabled" : "")}");
        if (Outcome == "dry run")
        {
            JsonOutput.Write(Job.Json, output);
        }

        if (Warning is not null)
        {
            output.WriteLine($"  beware: {Warning}");
        }

        if (Next is { } next)
        {
            output.WriteLine($"  next runs ({next.Zone}):");
            next.WriteTo(output, "    ");
        }
    }

    /// <summary>As a document.</summary>
    public JsonObject ToJson()
    {
        var result = new JsonObject { ["name"] = Job.Name, ["outcome"] = Outcome, ["job"] = Job.Json.DeepClone() };
        if (Next is not null)
        {
            result["next"] = Next.ToJson();
        }

        if (Warning is not null)
        {
            result["warning"] = Warning;
        }

        if (Problem is not null)
        {
            result["problem"] = Problem;
        }

        return result;
    }
}
