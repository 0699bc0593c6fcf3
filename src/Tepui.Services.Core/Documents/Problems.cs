using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Documents;

/// <summary>Collects everything that is wrong with a document.</summary>
internal sealed class Problems
{
    private readonly List<string> _paths = [];
    private readonly Dictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    /// <summary>Whether something is wrong.</summary>
    public bool Any => _paths.Count > 0;

    /// <summary>All, in the order they were found; one entry for each path.</summary>
    public IReadOnlyList<PathProblem> List => [.. _paths.Select(path => new PathProblem(path, _errors[path]))];

    /// <summary>Notes one problem; the same one twice counts once.</summary>
    /// <param name="path">Where; empty stands for the whole document.</param>
    /// <param name="error">What.</param>
    public void Add(string path, string error)
    {
        var place = path.Length == 0 ? "/" : path;
        if (!_errors.TryGetValue(place, out var errors))
        {
            _errors[place] = errors = [];
            _paths.Add(place);
        }

        if (!errors.Contains(error, StringComparer.Ordinal))
        {
            errors.Add(error);
        }
    }

    /// <summary>Notes a problem unless <paramref name="condition"/> holds.</summary>
    public void Require(bool condition, string path, string error)
    {
        if (!condition)
        {
            Add(path, error);
        }
    }

    /// <summary>Notes the problems of one app of several: at their places within the app, naming it.</summary>
    public void AddOf(PathId app, Problems problems)
    {
        foreach (var problem in problems.List)
        {
            foreach (var error in problem.Errors)
            {
                Add(problem.Path, $"{app}: {error}");
            }
        }
    }

    /// <inheritdoc cref="AddOf(PathId, Problems)"/>
    public void AddOf(PathId app, CommandOutcome.Refused? refusal)
    {
        foreach (var problem in refusal?.Problems ?? [])
        {
            foreach (var error in problem.Errors)
            {
                Add(problem.Path, $"{app}: {error}");
            }
        }
    }

    /// <summary>The same problems as those of a part of a document.</summary>
    /// <param name="prefix">Where the part stands.</param>
    public Problems Below(string prefix)
    {
        if (prefix.Length == 0)
        {
            return this;
        }

        var below = new Problems();
        foreach (var problem in List)
        {
            foreach (var error in problem.Errors)
            {
                below.Add(problem.Path == "/" ? prefix : prefix + problem.Path, error);
            }
        }

        return below;
    }

    /// <summary>The answer to a document of the wrong shape.</summary>
    public CommandOutcome.Refused InvalidShape() => new(RefusalKind.Invalid, "Invalid JSON", List, []);

    /// <summary>The answer to a document that breaks rules.</summary>
    public CommandOutcome.Refused InvalidObject() => new(RefusalKind.Invalid, "Object is not valid", List, []);
}
