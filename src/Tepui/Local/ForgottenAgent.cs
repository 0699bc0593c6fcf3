using System.Globalization;
using Tepui.Containers;

namespace Tepui.Local;

/// <summary>An agent of an earlier run with more agents, whose supervisor still runs: nobody looks after its tasks.</summary>
/// <param name="Number">Which agent it was, from 1.</param>
/// <param name="Directory">Its work directory.</param>
/// <param name="Supervisor">The supervisor's process.</param>
internal sealed record ForgottenAgent(int Number, string Directory, int Supervisor)
{
    private const string Prefix = "agent-";

    /// <summary>Those below a work directory that now has fewer agents, by number.</summary>
    public static async Task<IReadOnlyList<ForgottenAgent>> FindAsync(string workDirectory, int agents, CancellationToken cancel)
    {
        var found = new List<ForgottenAgent>();
        foreach (var directory in System.IO.Directory.EnumerateDirectories(workDirectory, Prefix + "*"))
        {
            if (int.TryParse(Path.GetFileName(directory)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number > agents
                && await Containerizer.FindSupervisorAsync(directory, cancel) is { } supervisor)
            {
                found.Add(new(number, directory, supervisor));
            }
        }

        return [.. found.OrderBy(agent => agent.Number)];
    }
}
