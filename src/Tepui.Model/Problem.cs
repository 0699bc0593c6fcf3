namespace Tepui.Model;

/// <summary>One thing wrong with what a user or framework gave us.</summary>
/// <param name="Path">Where in the document, dotted, as in <c>task.kill_policy.grace_period</c>.</param>
/// <param name="Message">What was found and what is allowed.</param>
public sealed record Problem(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
