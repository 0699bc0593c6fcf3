using Tepui.Testing.Simulation.Processes;

namespace Tepui.Testing.Simulation.Checks;

/// <summary>Whether the jobs scheduler has come to rest once nothing is wanted of it.</summary>
internal static class JobsRest
{
    /// <summary>The first thing that is left, or <see langword="null"/>.</summary>
    public static string? Missing(SimulatedCluster cluster, JobsProcess jobs)
    {
        if (!jobs.IsUp || !jobs.IsSubscribed)
        {
            return "jobs is not subscribed";
        }

        var view = jobs.View();
        if (view.OpenRuns is [var open, ..])
        {
            return $"{open.Id} is {open.State}: {open.Message}";
        }

        if (cluster.Agents.SelectMany(static agent => agent.Supervisor.Running).FirstOrDefault(container => container.Framework == jobs.Id) is { } running)
        {
            return $"{running} runs, and no run of a job is open";
        }

        return view.OffersHeld > 0 ? $"{view.OffersHeld} offers are held for nothing"
            : view.NoticesWaiting > 0 ? $"{view.NoticesWaiting} notices are not told"
            : null;
    }
}
