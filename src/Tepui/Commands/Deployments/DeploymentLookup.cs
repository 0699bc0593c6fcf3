using Tepui.Deploying;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands.Deployments;

/// <summary>Finds the deployments that a command line means.</summary>
internal static class DeploymentLookup
{
    /// <summary>All that services know, the latest last.</summary>
    public static async Task<IReadOnlyList<DeploymentStatus>> ListAsync(ServicesClient client, bool finished, CancellationToken cancel)
    {
        var answer = await client.GetAsync(finished ? "/v2/deployments?finished=true" : "/v2/deployments", cancel);
        return [.. answer.Items().Select(DeploymentStatus.Read).OrderBy(deployment => deployment.StartedAt)];
    }

    /// <summary>The one deployment that <paramref name="word"/> means.</summary>
    public static async Task<DeploymentStatus> FindAsync(ServicesClient client, string? word, CancellationToken cancel) =>
        Choose(await ListAsync(client, finished: word is not null, cancel), word);

    /// <summary>By id, the start of an id, or an app that one under way changes; without a word the only one under way.</summary>
    /// <exception cref="CommandFailure">None, or more than one.</exception>
    internal static DeploymentStatus Choose(IReadOnlyList<DeploymentStatus> known, string? word)
    {
        var under = known.Where(deployment => !deployment.IsFinished).ToList();
        if (word is null)
        {
            return under switch
            {
                [var only] => only,
                [] => throw new CommandFailure(ExitCode.NotFound, "no deployment is under way; 'tepui deployment ls --all' lists those that have ended"),
                _ => throw new CommandFailure(ExitCode.Usage, $"{under.Count} deployments are under way; give the id of one: {string.Join(", ", under.Take(5).Select(deployment => deployment.Id))}"),
            };
        }

        var matches = known.Where(deployment => deployment.Id.StartsWith(word, StringComparison.Ordinal)).ToList();
        if (matches.Count == 0)
        {
            var app = ServicesPaths.AbsoluteGroup(word);
            matches = [.. under.Where(deployment => deployment.Affected.Contains(app, StringComparer.Ordinal))];
        }

        return matches switch
        {
            [var only] => only,
            [] => throw new CommandFailure(ExitCode.NotFound, $"no deployment has the id '{word}', and none under way changes an app of that id; 'tepui deployment ls --all' lists those known"),
            _ => throw new CommandFailure(ExitCode.NotFound, $"'{word}' may mean any of {string.Join(", ", matches.Take(5).Select(deployment => deployment.Id))}; give more of the id"),
        };
    }
}
