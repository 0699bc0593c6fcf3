using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Testing;
using EventType = Tepui.Protocol.V1.Scheduler.Event.Types.Type;

namespace Tepui.Master.Core.Tests.Frameworks;

public sealed class FrameworkUpdateTests
{
    private readonly MasterHarness _master = new();

    [Fact]
    public void Update_UserCheckpointOrPrincipal_IsRefused()
    {
        var stream = _master.Subscribe(A.Framework(checkpoint: false), principal: "p");
        var id = _master.FrameworkOf(stream).Value;
        var user = A.Framework(id: id, checkpoint: false);
        user.User = "other";
        var principal = A.Framework(id: id, checkpoint: false);
        principal.Principal = "q";

        Assert.Equal(
            (400, "FrameworkInfo update is not valid: Updating 'FrameworkInfo.user' is unsupported; attempted to update from 'nobody' to 'other'"),
            Update(stream, user));
        Assert.Equal(
            (400, "FrameworkInfo update is not valid: Updating 'FrameworkInfo.checkpoint' is unsupported; attempted to update from 'false' to 'true'"),
            Update(stream, A.Framework(id: id, checkpoint: true)));
        Assert.Equal(
            (400, "FrameworkInfo update is not valid: Updating 'FrameworkInfo.principal' is unsupported; attempted to update from 'p' to 'q'"),
            Update(stream, principal));
        Assert.Equal((200, ""), Update(stream, A.Framework(id: id, name: "new", checkpoint: false)));
        Assert.Equal("new", _master.View.Frameworks[0].Info.Name);
        Assert.Equal("p", _master.View.Frameworks[0].Info.Principal);
    }

    [Fact]
    public void Update_InfoWithoutTheId_IsRefused()
    {
        var stream = _master.Subscribe(A.Framework());
        var call = new Call
        {
            Type = Call.Types.Type.UpdateFramework,
            FrameworkId = _master.FrameworkOf(stream).ToWire(),
            UpdateFramework = new() { FrameworkInfo = A.Framework() },
        };

        Assert.Equal(
            (400, "Failed to validate scheduler::Call: 'framework_id' differs from 'update_framework.framework_info.id'"),
            _master.Make(stream, call));
    }

    [Fact]
    public void Update_DropsARole_RescindsItsOffersAndKeepsItsTasks()
    {
        _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework(roles: ["a", "b"]), suppressed: ["b"]);
        _master.Settle();
        var offer = _master.Offers(stream)[0];
        Assert.Equal("a", offer.AllocationInfo.Role);
        _master.Accept(stream, [offer], A.Launch(A.Task("t1", offer.AgentId)));
        _master.Settle();
        var rest = _master.Offers(stream)[1];
        _master.Forget();

        Assert.Equal((200, ""), Update(stream, A.Framework(id: offer.FrameworkId.Value, roles: ["b"])));
        _master.Settle();

        var events = _master.Events(stream);
        Assert.Equal([EventType.Rescind, EventType.Offers], events.Select(static e => e.Type));
        Assert.Equal(rest.Id, events[0].Rescind.OfferId);
        Assert.Equal("b", _master.Offers(stream)[0].AllocationInfo.Role);
        Assert.Equal(["a"], _master.View.Frameworks[0].Allocated.AllocationRoles);
        Assert.Single(_master.View.Frameworks[0].Tasks);
    }

    [Fact]
    public void Update_ReplacesSuppressedRoles()
    {
        _master.Link(An.Arrival());
        var stream = _master.Subscribe(A.Framework(roles: ["a"]), suppressed: ["a"]);
        var id = _master.FrameworkOf(stream).Value;
        _master.Settle();
        Assert.Empty(_master.Offers(stream));

        Assert.Equal((200, ""), Update(stream, A.Framework(id: id, roles: ["a"])));
        _master.Settle();

        Assert.Single(_master.Offers(stream));
        Assert.Equal("Suppressed roles { x } are not contained in the set of roles", Update(stream, A.Framework(id: id, roles: ["a"]), "x").Body);
    }

    private (int Status, string Body) Update(StreamId stream, FrameworkInfo info, params string[] suppressed) => _master.Make(stream, new Call
    {
        Type = Call.Types.Type.UpdateFramework,
        FrameworkId = info.Id,
        UpdateFramework = new() { FrameworkInfo = info, SuppressedRoles = { suppressed } },
    });
}
