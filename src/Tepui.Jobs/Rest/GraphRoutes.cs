using System.Text;
using Microsoft.AspNetCore.Http;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Views;
using Tepui.Jobs.Rest.Json;
using Tepui.Runtime.Rest;

namespace Tepui.Jobs.Rest;

/// <summary>Which jobs run after which, for Graphviz and as rows. Parents that do not exist are left out.</summary>
internal sealed class GraphRoutes(RestParts parts)
{
    private const string PlainText = "text/plain;charset=utf-8";

    /// <summary>Adds the routes.</summary>
    public void Map(RouteTable routes) => routes
        .Map("GET", "/graph/dot", call => WriteAsync(call, Dot))
        .Map("GET", "/graph/csv", call => WriteAsync(call, Csv));

    /// <summary>A digraph: numbered vertices with the names as labels, then the edges. Names need no quoting within quotes.</summary>
    public static string Dot(IReadOnlyList<JobSummary> jobs)
    {
        var numbers = jobs.Select((job, index) => (job.Job.Name, Number: index + 1)).ToDictionary(job => job.Name, job => job.Number);
        var text = new StringBuilder("strict digraph G {\n");
        foreach (var job in jobs)
        {
            text.Append("  ").Append(numbers[job.Job.Name]).Append(" [ label=\"").Append(job.Job.Name.Value).Append("\" ];\n");
        }

        foreach (var (parent, child) in Links(jobs, numbers.Keys))
        {
            text.Append("  ").Append(numbers[parent]).Append(" -> ").Append(numbers[child]).Append(";\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>Rows <c>node,JOB,LAST,STATE</c> and <c>link,PARENT,CHILD</c>.</summary>
    public static string Csv(IReadOnlyList<JobSummary> jobs)
    {
        var text = new StringBuilder();
        foreach (var job in jobs)
        {
            text.Append("node,").Append(job.Job.Name.Value).Append(',').Append(SummaryJson.Status(job.Job.Progress)).Append(',').Append(SummaryJson.State(job)).Append('\n');
        }

        foreach (var (parent, child) in Links(jobs, jobs.Select(job => job.Job.Name).ToHashSet()))
        {
            text.Append("link,").Append(parent.Value).Append(',').Append(child.Value).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<(JobName Parent, JobName Child)> Links(IReadOnlyList<JobSummary> jobs, ICollection<JobName> known) =>
        jobs.SelectMany(job => job.Job.Spec.Parents.Where(known.Contains).Select(parent => (parent, job.Job.Name)));

    private async Task WriteAsync(RestCall call, Func<IReadOnlyList<JobSummary>, string> write)
    {
        var view = await parts.Loop.ViewAsync(call.Cancel);
        await RestAnswer.TextAsync(call.Context, StatusCodes.Status200OK, PlainText, write(view.Jobs));
    }
}
