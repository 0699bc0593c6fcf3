using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tree;

namespace Tepui.Services.Core.Tests.Tree;

public sealed class VersionIndexTests
{
    private static readonly PathId Group = new("/g");
    private static readonly PathId One = new("/g/one");
    private static readonly PathId Other = new("/other");

    private readonly ServicesState _state = new(new ServicesOptions());

    private Catalog Catalog => _state.Catalog;

    [Fact]
    public void Of_AfterChanges_ListsNewestFirst()
    {
        Put(App(One, "a", 1));
        Put(App(One, "b", 2));

        Assert.Equal([At(2), At(1)], Catalog.Versions.Of(One));
        Assert.Equal("a", Assert.IsType<AppSpec>(Catalog.Versions.Find(One, At(1))).Cmd);
        Assert.Same(Catalog.Versions.Find(One, At(1)), Catalog.Versions.Find(One, At(1)));
        Assert.Same(Catalog.Tree.App(One), Catalog.Versions.Find(One, At(2)));
        Assert.Null(Catalog.Versions.Find(One, At(3)));
        Assert.Null(Catalog.Versions.Of(Other));
    }

    [Fact]
    public void OfGroup_CountsOnlyWhatLiesBelow()
    {
        Put(App(One, "a", 1));
        Put(App(Other, "a", 2));
        Put(App(One, "b", 3));

        Assert.Equal([At(3), At(1)], Catalog.Versions.OfGroup(Group));
        Assert.Equal([At(3), At(2), At(1)], Catalog.Versions.OfGroup(PathId.Root));
    }

    [Fact]
    public void GroupAt_EarlierVersion_BringsBackWhatWasThereAndNothingElse()
    {
        Put(App(One, "a", 1));
        Put(App(new("/g/two"), "a", 2));
        Put(App(Other, "a", 3));
        Put(App(One, "b", 4));

        var earlier = Catalog.Versions.GroupAt(Catalog.Tree, Group, At(1));

        Assert.NotNull(earlier);
        Assert.Equal("a", earlier.App(One)!.Cmd);
        Assert.Null(earlier.App(new("/g/two")));
        Assert.NotNull(earlier.App(Other));
    }

    [Fact]
    public void GroupAt_AppRemovedSince_BringsItBack()
    {
        Put(App(One, "a", 1));
        Put(App(new("/g/two"), "a", 2));
        Catalog.Change(Turn(), Catalog.Tree.WithoutSpec(One, At(3)));

        Assert.Null(Catalog.Tree.App(One));
        Assert.Equal("a", Catalog.Versions.GroupAt(Catalog.Tree, Group, At(2))!.App(One)!.Cmd);
    }

    [Fact]
    public void GroupAt_VersionOfAnotherGroup_IsUnknown()
    {
        Put(App(One, "a", 1));
        Put(App(Other, "a", 2));

        Assert.Null(Catalog.Versions.GroupAt(Catalog.Tree, Group, At(2)));
    }

    [Fact]
    public void Change_MoreVersionsThanKept_ForgetsTheOldest()
    {
        var state = new ServicesState(new ServicesOptions { MaxVersions = 3 });
        var effects = new List<ServicesEffect>();
        for (var i = 1; i <= 5; i++)
        {
            state.Catalog.Change(new Turn(state, At(i), effects), state.Catalog.Tree.With(App(One, $"{i}", i)));
        }

        Assert.Equal([At(5), At(4), At(3)], state.Catalog.Versions.Of(One));
        Assert.Contains(new ServicesEffect.Persist(StoreKeys.SpecVersion(One, At(1)), null), effects);
        Assert.Contains(new ServicesEffect.Persist(StoreKeys.SpecVersion(One, At(2)), null), effects);
    }

    [Fact]
    public void Change_ToTheSameTree_LeavesTheEntryOfTheLastChange()
    {
        Put(App(One, "a", 1));
        var effects = new List<ServicesEffect>();

        Catalog.Change(new Turn(_state, At(2), effects), Catalog.Tree with { });

        Assert.Empty(effects);
        Assert.Equal([At(1)], Catalog.Versions.OfGroup(PathId.Root));
    }

    [Fact]
    public void Change_MoreVersionsThanKept_KeepsWhatAnInstanceRuns()
    {
        var state = new ServicesState(new ServicesOptions { MaxVersions = 2 });
        state.Instances.Restore(new() { Id = new("g_one.instance-1"), Spec = One, SpecVersion = At(1), ConfigVersion = At(1), Role = "*", Since = At(1) });
        for (var i = 1; i <= 5; i++)
        {
            state.Catalog.Change(new Turn(state, At(i), []), state.Catalog.Tree.With(App(One, $"{i}", i)));
        }

        Assert.Equal([At(5), At(1)], state.Catalog.Versions.Of(One));
    }

    [Fact]
    public void Recovery_FromWhatWasPersisted_GivesTheSameTreeAndVersions()
    {
        var store = new Dictionary<string, Google.Protobuf.IMessage>();
        var effects = new List<ServicesEffect>();
        foreach (var (app, at) in new[] { (App(One, "a", 1), 1), (App(Other, "a", 2), 2), (App(One, "b", 3), 3) })
        {
            Catalog.Change(new Turn(_state, At(at), effects), Catalog.Tree.With(app));
        }

        foreach (var persist in effects.OfType<ServicesEffect.Persist>())
        {
            store[persist.Key] = persist.Entry!;
        }

        var again = new ServicesState(new ServicesOptions());
        Recovery.Recover(new Turn(again, At(9), []), store);

        Assert.Equal(Catalog.Tree.Specs.Keys, again.Catalog.Tree.Specs.Keys);
        Assert.Equal(Catalog.Tree.Groups.Values.Select(group => (group.Id, group.Version)), again.Catalog.Tree.Groups.Values.Select(group => (group.Id, group.Version)));
        Assert.Equal(Catalog.Versions.Of(One), again.Catalog.Versions.Of(One));
        Assert.Equal("a", again.Catalog.Versions.GroupAt(again.Catalog.Tree, Group, At(1))!.App(One)!.Cmd);
    }

    private static DateTimeOffset At(int second) => DateTimeOffset.FromUnixTimeSeconds(1_800_000_000 + second);

    private static AppSpec App(PathId id, string cmd, int version) => new() { Id = id, Cmd = cmd, Version = At(version), LastConfigChangeAt = At(version), LastScalingAt = At(version) };

    private Turn Turn() => new(_state, At(100), []);

    private void Put(AppSpec app) => Catalog.Change(Turn(), Catalog.Tree.With(app));
}
