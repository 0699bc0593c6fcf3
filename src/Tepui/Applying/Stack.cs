using Tepui.Jobs;

namespace Tepui.Applying;

/// <summary>All that the documents of one <c>tepui apply</c> describe.</summary>
/// <param name="Apps">Apps on their own: nothing beside them changes.</param>
/// <param name="Groups">Groups: lists of apps and groups that they have are complete, what is missing there is removed.</param>
/// <param name="Pods">Pods, those inside groups among them.</param>
/// <param name="CompletePodGroups">Groups whose list of pods is complete.</param>
/// <param name="Jobs">Jobs: nothing beside them changes.</param>
internal sealed record Stack(
    IReadOnlyList<StackDocument> Apps, IReadOnlyList<StackDocument> Groups, IReadOnlyList<StackDocument> Pods, IReadOnlyList<string> CompletePodGroups, IReadOnlyList<JobDocument> Jobs)
{
    /// <summary>Whether there is anything for services: not for a stack of jobs alone. An empty stack is theirs.</summary>
    public bool HasServices => HasTree || Pods.Count + CompletePodGroups.Count > 0 || Jobs.Count == 0;

    /// <summary>Whether there is anything to send to <c>/v2/groups</c> or <c>/v2/apps</c>.</summary>
    public bool HasTree => Apps.Count + Groups.Count > 0;
}
