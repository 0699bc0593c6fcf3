using Tepui.Protocol.Registry;
using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Testing;
using Capability = Tepui.Protocol.V1.FrameworkInfo.Types.Capability.Types.Type;
using EventType = Tepui.Protocol.V1.Scheduler.Event.Types.Type;

namespace Tepui.Master.Core.Tests.Frameworks;

public sealed class SubscriptionTests
{
    private readonly MasterHarness _master = new();

    [Fact]
    public void Subscribe_New_GetsIdHeartbeatAndARegistryEntry()
    {
        var stream = _master.Subscribe(A.Framework(name: "web"));

        var events = _master.Events(stream);
        Assert.Equal([EventType.Subscribed, EventType.Heartbeat], events.Select(static e => e.Type));
        Assert.Equal(15, events[0].Subscribed.HeartbeatIntervalSeconds);
        Assert.Equal("master1", events[0].Subscribed.MasterInfo.Id);
        var entry = Assert.IsType<FrameworkEntry>(_master.Registry["frameworks/master1-0000"]);
        Assert.False(entry.Removed);
        Assert.Equal("web", entry.FrameworkInfo.Name);
        Assert.Equal("master1-0000", entry.FrameworkInfo.Id.Value);
        var added = Assert.Single(_master.Published()).FrameworkAdded.Framework;
        Assert.True(added.Active && added.Connected && !added.Recovered);
    }

    [Fact]
    public void Subscribe_Connected_GetsHeartbeatsEveryFifteenSeconds()
    {
        var stream = _master.Subscribe(A.Framework());
        _master.Forget();

        _master.Advance(TimeSpan.FromSeconds(45));

        Assert.Equal(3, _master.Events(stream).Count(static e => e.Type == EventType.Heartbeat));
    }

    [Fact]
    public void Subscribe_Again_TakesOverWithoutRescinding()
    {
        _master.Link(An.Arrival());
        var first = _master.Subscribe(A.Framework(failover: 60));
        _master.Settle();
        Assert.Single(_master.Offers(first));
        var id = _master.FrameworkOf(first);
        _master.Forget();

        var second = _master.Subscribe(A.Framework(id: id.Value, failover: 60));
        _master.Settle();

        Assert.Equal("Framework failed over", Assert.Single(_master.Events(first)).Error.Message);
        Assert.True(_master.IsClosed(first));
        Assert.Equal([EventType.Subscribed, EventType.Heartbeat, EventType.Offers], _master.Events(second).Select(static e => e.Type));
        _master.Step(new MasterInput.StreamClosed(first));
        Assert.True(_master.View.Frameworks[0].Connected);
    }

    [Fact]
    public void Subscribe_Again_KeepsUserAndCheckpointAndRegisteredTime()
    {
        var first = _master.Subscribe(A.Framework(failover: 60, checkpoint: true));
        var id = _master.FrameworkOf(first).Value;
        _master.Advance(TimeSpan.FromSeconds(5));
        var changed = A.Framework(name: "renamed", id: id, checkpoint: false);
        changed.User = "other";

        _master.Subscribe(changed);

        var view = _master.View.Frameworks[0];
        Assert.Equal("renamed", view.Info.Name);
        Assert.Equal("nobody", view.Info.User);
        Assert.True(view.Info.Checkpoint);
        Assert.Equal(TimeSpan.FromSeconds(5), view.Reregistered - view.Registered);
    }

    [Fact]
    public void Subscribe_AgainAsAnotherPrincipal_IsRefused()
    {
        var first = _master.Subscribe(A.Framework(failover: 60), principal: "alice");
        Assert.Equal("alice", _master.View.Frameworks[0].Info.Principal);
        var id = _master.FrameworkOf(first).Value;

        var second = _master.Subscribe(A.Framework(id: id), principal: "bob");

        Assert.Equal(
            "Updating 'FrameworkInfo.principal' is unsupported; attempted to update from 'alice' to 'bob'",
            Assert.Single(_master.Events(second)).Error.Message);
        Assert.True(_master.IsClosed(second));
        Assert.False(_master.IsClosed(first));
    }

    [Fact]
    public void Subscribe_UnknownId_IsTakenInUnderIt()
    {
        var stream = _master.Subscribe(A.Framework(id: "other-master-0001"));

        Assert.Equal("other-master-0001", _master.FrameworkOf(stream).Value);
        Assert.False(_master.View.Frameworks[0].Recovered);
    }

    [Fact]
    public void Subscribe_RemovedId_IsRefusedAlsoAfterARestart()
    {
        var stream = _master.Subscribe(A.Framework());
        var id = _master.FrameworkOf(stream).Value;
        _master.Step(new MasterInput.StreamClosed(stream));

        var again = _master.Subscribe(A.Framework(id: id));
        Assert.Equal("Framework has been removed", Assert.Single(_master.Events(again)).Error.Message);
        Assert.True(_master.IsClosed(again));

        _master.Restart();
        again = _master.Subscribe(A.Framework(id: id));
        Assert.Equal("Framework has been removed", Assert.Single(_master.Events(again)).Error.Message);
    }

    [Fact]
    public void Subscribe_WithUnacknowledgedTasks_TellsTheirAgents()
    {
        var link = _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework(failover: 60));
        _master.Settle();
        var offer = _master.Offers(stream)[0];
        _master.Accept(stream, [offer], A.Launch(A.Task("t1", offer.AgentId)));
        _master.Forget();

        _master.Subscribe(A.Framework(name: "new name", id: offer.FrameworkId.Value));

        Assert.Equal("new name", Assert.Single(_master.Frames(link)).UpdateFramework.Framework.Name);
        Assert.Equal("new name", Assert.Single(_master.Published()).FrameworkUpdated.Framework.FrameworkInfo.Name);
    }

    [Fact]
    public void Subscribe_WithoutSubscribe_IsRefused()
    {
        var stream = new StreamId("s");

        _master.Step(new MasterInput.Subscribe(stream, new Call { Type = Call.Types.Type.Subscribe }, null));

        Assert.Equal(EventType.Error, Assert.Single(_master.Events(stream)).Type);
        Assert.True(_master.IsClosed(stream));
    }

    public static TheoryData<string, FrameworkInfo, string> Wrong => new()
    {
        { "slash in id", A.Framework(id: "a/b"), "'a/b' contains invalid characters" },
        { "leading slash", A.Framework(role: "/a"), "'FrameworkInfo.role' is not a valid role: Role '/a' cannot start with a slash" },
        { "trailing slash", A.Framework(role: "a/"), "'FrameworkInfo.role' is not a valid role: Role 'a/' cannot end with a slash" },
        { "dot", A.Framework(role: "."), "'FrameworkInfo.role' is not a valid role: Role '.' cannot include '.' as a component" },
        { "double slash", A.Framework(role: "a//b"), "'FrameworkInfo.role' is not a valid role: Role 'a//b' cannot contain two adjacent slashes" },
        { "role and roles", A.Framework(role: "a", roles: ["b"]), "'FrameworkInfo.role' must not be set when the framework is MULTI_ROLE capable" },
        { "roles without capability", WithRoles(A.Framework(), "b"), "'FrameworkInfo.roles' must not be set when the framework is not MULTI_ROLE capable" },
        { "role twice", A.Framework(roles: ["b", "b"]), "'FrameworkInfo.roles' contains role 'b' twice" },
        { "failover too long", A.Framework(failover: 1e300), "The framework failover_timeout (1E+300) is invalid: it must be a number of seconds up to 9223372037" },
        { "failover no number", A.Framework(failover: double.NaN), "The framework failover_timeout (NaN) is invalid: it must be a number of seconds up to 9223372037" },
        { "empty quantities", WithFilter(new()), "'FrameworkInfo.offer_filters' of role '*' has an empty set of quantities in 'min_allocatable_resources'" },
        {
            "negative quantity",
            WithFilter(new() { Quantities = { ["cpus"] = new() { Value = -1 } } }),
            "'FrameworkInfo.offer_filters' of role '*' asks for 'cpus' of -1; it must be a number, zero or more"
        },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Subscribe_WrongInfo_GetsOneErrorAndTheEnd(string what, FrameworkInfo info, string message)
    {
        var stream = _master.Subscribe(info);

        Assert.Equal((what, message), (what, Assert.Single(_master.Events(stream)).Error.Message));
        Assert.True(_master.IsClosed(stream));
        Assert.Empty(_master.View.Frameworks);
        Assert.Empty(_master.Registry);
    }

    [Fact]
    public void Subscribe_NegativeFailoverAndUnknownCapability_IsAccepted()
    {
        var stream = _master.Subscribe(A.Framework(failover: -5, can: (Capability)99));
        Assert.True(_master.View.Frameworks[0].Connected);

        _master.Step(new MasterInput.StreamClosed(stream));
        Assert.Empty(_master.View.Frameworks);
    }

    [Fact]
    public void Subscribe_SuppressedRoleItLacks_IsRefused()
    {
        var stream = _master.Subscribe(A.Framework(roles: ["a"]), suppressed: ["c"]);

        Assert.Equal("Suppressed roles { c } are not contained in the set of roles", Assert.Single(_master.Events(stream)).Error.Message);
    }

    [Fact]
    public void Subscribe_SuppressedTwice_IsAcceptedAndGetsNoOffers()
    {
        _master.Link(An.Arrival());

        var stream = _master.Subscribe(A.Framework(roles: ["a"]), suppressed: ["a", "a"]);
        _master.Settle();

        Assert.Empty(_master.Offers(stream));
        Assert.Equal("a", Assert.Single(_master.View.Frameworks[0].SuppressedRoles));
    }

    [Fact]
    public void Subscribe_ConstraintsOfAnotherRole_IsRefused()
    {
        var constraints = new OfferConstraints { RoleConstraints = { ["x"] = new() } };

        var stream = _master.Subscribe(A.Framework(), constraints: constraints);

        Assert.Contains("role 'x'", Assert.Single(_master.Events(stream)).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Subscribe_RoleOutsideTheWhitelistOrRoot_IsRefused()
    {
        var master = new MasterHarness(static options => options with { Roles = ["a"], RootSubmissions = false });
        var root = A.Framework(role: "a");
        root.User = "root";

        var refused = master.Subscribe(A.Framework(role: "b"));
        var rooted = master.Subscribe(root);
        var accepted = master.Subscribe(A.Framework(role: "a"));

        Assert.Equal("Roles { b } are not present in the master's --roles", master.Events(refused)[0].Error.Message);
        Assert.Equal("User 'root' is not allowed to run frameworks without --root_submissions set", master.Events(rooted)[0].Error.Message);
        Assert.Equal(EventType.Subscribed, master.Events(accepted)[0].Type);
    }

    private static FrameworkInfo WithRoles(FrameworkInfo info, params string[] roles)
    {
        info.Roles.AddRange(roles);
        return info;
    }

    private static FrameworkInfo WithFilter(OfferFilters.Types.ResourceQuantities quantities)
    {
        var info = A.Framework();
        info.OfferFilters["*"] = new() { MinAllocatableResources = new() { Quantities = { quantities } } };
        return info;
    }
}
