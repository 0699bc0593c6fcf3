using Tepui.Model;

namespace Tepui.Runtime.Flags;

/// <summary>Flags are wrong; all problems at once.</summary>
/// <param name="component">Whose flags, as in <c>master</c>.</param>
/// <param name="problems">What is wrong.</param>
public sealed class FlagException(string component, IReadOnlyList<Problem> problems)
    : Exception(string.Join('\n', problems.Select(p => p.ToString())) + $"\nSee 'tepui {component} --help'.")
{
    /// <summary>What is wrong, each naming its flag.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
