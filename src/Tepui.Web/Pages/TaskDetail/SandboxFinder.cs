using Microsoft.AspNetCore.Http;
using Tepui.Web.Cluster;
using Tepui.Web.Jobs;
using Tepui.Web.Rest;

namespace Tepui.Web.Pages.TaskDetail;

/// <summary>Finds the sandbox that an address means: <c>framework</c> and <c>task</c>, or <c>job</c>, <c>run</c> and <c>attempt</c>.</summary>
internal sealed class SandboxFinder(ClusterFeed feed, JobsClient jobs)
{
    /// <summary>Finds it.</summary>
    /// <returns>The sandbox, or null with the reason.</returns>
    public async Task<(Sandbox? Found, string? Problem)> FindAsync(IQueryCollection query, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(query);
        var job = query["job"].ToString();
        if (job.Length == 0)
        {
            var key = new TaskKey(query["framework"].ToString(), query["task"].ToString());
            return feed.Model.Read(model => Sandbox.Of(model, key)) is { } found ? (found, null) : (null, "The task or its agent is not known.");
        }

        try
        {
            return await OfRunAsync(job, query["run"].ToString(), query["attempt"].ToString(), cancel);
        }
        catch (RestUnavailableException e)
        {
            return (null, e.Message);
        }
    }

    private async Task<(Sandbox? Found, string? Problem)> OfRunAsync(string job, string run, string attempt, CancellationToken cancel)
    {
        if (!jobs.IsConfigured || await jobs.FindAsync(JobsClient.PathOf(job, $"/runs/{Uri.EscapeDataString(run)}"), cancel) is not { } told)
        {
            return (null, $"There is no run {run} of {job} any more.");
        }

        var attempts = JobRun.From(told, job).Attempts;
        if (attempts.LastOrDefault(one => $"{one.Number}" == attempt) is not { } chosen)
        {
            return (null, $"Run {run} of {job} has no attempt {attempt}.");
        }

        return chosen.SandboxPath.Length > 0 && AgentOf(chosen) is { } agent
            ? (new Sandbox(agent, chosen.SandboxPath.TrimEnd('/')), null)
            : (null, "The agent of the task is not known any more.");
    }

    // Told as an address, or by an id that the master knows.
    private Uri? AgentOf(JobAttempt attempt)
    {
        var said = attempt.SandboxAgent;
        if (said.Contains("://", StringComparison.Ordinal) || said.Contains(':', StringComparison.Ordinal))
        {
            var text = said.Contains("://", StringComparison.Ordinal) ? said : "http://" + said;
            return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;
        }

        return feed.Model.Read(model => model.Agents.TryGetValue(said, out var agent) || model.Agents.TryGetValue(attempt.AgentId, out agent) ? AgentAddress.Of(agent) : null);
    }
}
