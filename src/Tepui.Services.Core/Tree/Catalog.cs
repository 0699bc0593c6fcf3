using Tepui.Protocol.Services;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tree;

/// <summary>The present tree, and what it was before.</summary>
internal sealed class Catalog
{
    private const int ChangesKept = 500;

    /// <summary>What clients asked for last.</summary>
    public ServiceTree Tree { get; private set; } = ServiceTree.Empty;

    /// <summary>Kept versions.</summary>
    public VersionIndex Versions { get; private set; } = VersionIndex.Empty;

    /// <summary>Makes <paramref name="target"/> the present tree: persists what differs, keeps what it was.</summary>
    public void Change(Turn turn, ServiceTree target)
    {
        var change = TreeChange.Between(Tree, target);
        Tree = target;
        if (change is { Specs.Count: 0, Groups.Count: 0 })
        {
            // The version is still that of the last change, whose entry must stay.
            return;
        }

        foreach (var spec in change.Specs)
        {
            Put(turn, spec.Id, target.Spec(spec.Id));
            turn.Touch(spec.Id);
        }

        foreach (var group in change.Groups)
        {
            turn.Persist(StoreKeys.Group(group.Id), group.After is null ? null : GroupEntries.Write(group.After));
        }

        Versions = Versions.With(change);
        turn.Persist(StoreKeys.Change(change.Version), change.Write());
        ForgetOldest(turn);
    }

    /// <summary>Puts what the store held: groups and present specs first, then versions and changes, oldest first.</summary>
    public void Restore(IEnumerable<Group> groups, IEnumerable<RunSpec> specs, IEnumerable<SpecEntry> versions, IEnumerable<TreeChange> changes)
    {
        var restored = groups.ToDictionary(group => group.Id);
        restored.TryAdd(PathId.Root, new(PathId.Root, [], null, default));
        Tree = new(
            System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(restored),
            System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(specs.Select(spec => KeyValuePair.Create(spec.Id, spec))));
        foreach (var entry in versions)
        {
            var spec = SpecEntries.Read(entry);
            Versions = Versions.With(Tree.Spec(spec.Id) is { } present && present.Version == spec.Version ? present : spec);
        }

        foreach (var change in changes)
        {
            Versions = Versions.With(change);
        }
    }

    private void Put(Turn turn, PathId id, RunSpec? spec)
    {
        if (spec is null)
        {
            turn.Persist(StoreKeys.Spec(id), null);
            return;
        }

        var entry = SpecEntries.Write(spec);
        turn.Persist(StoreKeys.Spec(id), entry);
        turn.Persist(StoreKeys.SpecVersion(id, spec.Version), entry);
        Versions = Versions.With(spec);
        ForgetSurplus(turn, id);
    }

    // A version that an instance runs tells how to check and end it: it stays as long as the instance.
    private void ForgetSurplus(Turn turn, PathId id)
    {
        var surplus = Versions.CountOf(id) - turn.State.Options.MaxVersions;
        if (surplus <= 0)
        {
            return;
        }

        var used = turn.State.Instances.Of(id).All.Select(instance => instance.SpecVersion).ToHashSet();
        foreach (var version in Versions.Of(id)!.Skip(1).Reverse().Where(version => !used.Contains(version)).Take(surplus).ToList())
        {
            Forget(turn, id, version);
        }
    }

    private void ForgetOldest(Turn turn)
    {
        if (Versions.Changes.Count <= ChangesKept)
        {
            return;
        }

        var oldest = Versions.Changes[0];
        Versions = Versions.WithoutOldestChange();
        turn.Persist(StoreKeys.Change(oldest.Version), null);

        // Versions of what is gone are kept as long as a group could go back to them.
        foreach (var id in oldest.Specs.Select(spec => spec.Id).Where(id => Tree.Spec(id) is null && !Versions.Changes.Exists(change => change.Specs.Any(spec => spec.Id == id))))
        {
            foreach (var version in Versions.Of(id) ?? [])
            {
                Forget(turn, id, version);
            }
        }
    }

    private void Forget(Turn turn, PathId id, DateTimeOffset version)
    {
        turn.Persist(StoreKeys.SpecVersion(id, version), null);
        Versions = Versions.Without(id, version);
    }
}
