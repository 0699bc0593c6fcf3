using Tepui.Terminal;

namespace Tepui.Commands.Apps;

/// <summary>Finds the one instance that a word on the command line means.</summary>
internal static class TaskChoice
{
    /// <summary>The task with this id, or the only one whose id starts with it; the part behind <c>instance-</c> may be given alone.</summary>
    /// <exception cref="CommandFailure">None, or more than one.</exception>
    public static string Choose(IReadOnlyList<string> known, string word, string app)
    {
        var matches = known.Where(id => id == word).ToList();
        if (matches.Count == 0)
        {
            matches = [.. known.Where(id => id.StartsWith(word, StringComparison.Ordinal) || id.Contains($"instance-{word}", StringComparison.Ordinal))];
        }

        return matches switch
        {
            [var only] => only,
            [] => throw new CommandFailure(ExitCode.NotFound, $"{app} has no instance '{word}'; 'tepui app tasks {app}' lists those it has"),
            _ => throw new CommandFailure(ExitCode.NotFound, $"'{word}' may mean any of {string.Join(", ", matches.Take(5))}; give more of the id"),
        };
    }
}
