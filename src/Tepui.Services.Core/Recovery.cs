using Google.Protobuf;
using Tepui.Model.Identifiers;
using Tepui.Protocol.Services;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core;

/// <summary>Brings the state back from what the store holds.</summary>
internal static class Recovery
{
    /// <summary>At the start. Specs with instances, and all others, are compared with what runs at the first step.</summary>
    public static void Recover(Turn turn, IReadOnlyDictionary<string, IMessage> store)
    {
        var state = turn.State;
        state.Catalog.Restore(
            Of<GroupEntry>(store, "groups/").Select(pair => GroupEntries.Read(pair.Entry)),
            Of<SpecEntry>(store, "specs/").Select(pair => SpecEntries.Read(pair.Entry)),
            Of<SpecEntry>(store, "versions/").Select(pair => pair.Entry),
            Of<TreeChangeEntry>(store, "changes/").Select(pair => TreeChange.Read(pair.Entry)));
        state.Framework = store.TryGetValue(StoreKeys.Framework, out var framework) ? new FrameworkId(((FrameworkEntry)framework).FrameworkId) : default;
        foreach (var (_, entry) in Of<InstanceEntry>(store, "instances/"))
        {
            state.Instances.Restore(InstanceEntries.Read(entry, state.Agents.Intern));
        }

        state.Deployments.Restore(turn, Of<DeploymentEntry>(store, "deployments/").Select(pair => pair.Entry));
        foreach (var (_, entry) in Of<CallbackEntry>(store, "callbacks/"))
        {
            state.Callbacks.Add(entry.Url);
        }

        foreach (var (key, entry) in Of<RequestEntry>(store, "requests/"))
        {
            state.Requests.Restore(turn, key["requests/".Length..], entry);
        }

        foreach (var (_, entry) in Of<FailureEntry>(store, "failures/"))
        {
            state.Failures.Restore(entry);
        }

        foreach (var (key, entry) in Of<ScalingEntry>(store, "scaling/"))
        {
            state.Scaling.Restore(new(key["scaling".Length..]), entry);
        }

        LifeCycle.Start(turn);
        foreach (var id in state.Catalog.Tree.Specs.Keys.Concat(state.Instances.Specs))
        {
            turn.Touch(id);
        }
    }

    private static IEnumerable<(string Key, T Entry)> Of<T>(IReadOnlyDictionary<string, IMessage> store, string prefix)
        where T : IMessage =>
        store.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, (T)pair.Value));
}
