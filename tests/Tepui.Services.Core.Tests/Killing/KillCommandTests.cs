using System.Text.Json.Nodes;
using Tepui.Protocol.V1;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;

namespace Tepui.Services.Core.Tests.Killing;

public class KillCommandTests
{
    private static readonly PathId Web = new("/web");

    private readonly LifeWorld _world = new LifeWorld().Subscribed();
    private readonly List<Instance> _instances;

    public KillCommandTests() => _instances = _world.RunWaiting(_world.Deployed(TestSpecs.App(instances: 3)));

    [Fact]
    public void AppTasks_All_AreEndedAndReplaced()
    {
        var killed = Assert.IsType<CommandOutcome.Killed>(_world.Request(new ServicesCommand.KillAppTasks(Web, Host: null, TaskId: null, Scale: false, Wipe: false)));

        Assert.Equal(_instances.Select(instance => instance.Id), killed.Instances.Select(instance => instance.Id));
        Assert.All(killed.Instances, instance => Assert.Equal(Condition.Running, instance.Condition));
        Assert.Equal(3, _world.Kills.Count());
        Assert.Equal(3, Count());
        Assert.Equal(3, Living().Count);
        Assert.DoesNotContain(Living(), instance => _instances.Exists(before => before.Id == instance.Id));
    }

    [Fact]
    public void AppTasks_OfAHost_AreEnded()
    {
        var killed = Assert.IsType<CommandOutcome.Killed>(_world.Request(new ServicesCommand.KillAppTasks(Web, _instances[1].Host!.Hostname, TaskId: null, Scale: false, Wipe: false)));

        Assert.Equal(_instances[1].Id, Assert.Single(killed.Instances).Id);
    }

    [Fact]
    public void AppTasks_OfAHostWithout_AreNone() =>
        Assert.Empty(Assert.IsType<CommandOutcome.Killed>(_world.Request(new ServicesCommand.KillAppTasks(Web, "elsewhere", TaskId: null, Scale: false, Wipe: false))).Instances);

    [Fact]
    public void AppTask_ThatIsUnknown_IsNotFound() =>
        Refused(RefusalKind.NotFound, new ServicesCommand.KillAppTasks(Web, Host: null, "web.instance-6f1a1d2c-0b1c-11ee-8c99-0242ac120002._app.1", Scale: false, Wipe: false));

    [Fact]
    public void AppTask_WithScale_LeavesOneFewerAndEndsThatOne()
    {
        var outcome = _world.Request(new ServicesCommand.KillAppTasks(Web, Host: null, _instances[0].Tasks[0].Id.Value, Scale: true, Wipe: false));

        Assert.IsType<CommandOutcome.Deployed>(outcome);
        Assert.Equal(2, Count());
        Assert.Equal(_instances[0].Tasks[0].Id, Assert.Single(_world.Kills).Task);
        Assert.Equal(_instances.Skip(1).Select(instance => instance.Id), Living().Select(instance => instance.Id));
        _world.EndKilled();
        Assert.Empty(_world.Core.State.Deployments.Running);
    }

    [Fact]
    public void AppTask_WithScaleThatIsUnknown_ChangesNothing()
    {
        Assert.IsType<CommandOutcome.Deployed>(_world.Request(new ServicesCommand.KillAppTasks(Web, Host: null, "nobody", Scale: true, Wipe: false)));

        Assert.Equal(3, Count());
        Assert.Empty(_world.Kills);
    }

    [Fact]
    public void AppTasks_WithScaleWithoutInstances_AreNotFound()
    {
        _world.Deployed(TestSpecs.App("/none", 0));

        Refused(RefusalKind.NotFound, new ServicesCommand.KillAppTasks(new("/none"), Host: null, TaskId: null, Scale: true, Wipe: false));
    }

    [Fact]
    public void AppTasks_WithScaleAndWipe_AreRefused() => Refused(RefusalKind.BadRequest, new ServicesCommand.KillAppTasks(Web, Host: null, TaskId: null, Scale: true, Wipe: true));

    [Fact]
    public void AppTasks_OfAnUnknownApp_AreNotFound() => Refused(RefusalKind.NotFound, new ServicesCommand.KillAppTasks(new("/x"), Host: null, TaskId: null, Scale: false, Wipe: false));

    [Fact]
    public void AppTask_WithScaleInADeployment_IsRefusedAndEndsNothing()
    {
        _world.Deployed(TestSpecs.App(instances: 4));

        Refused(RefusalKind.Locked, new ServicesCommand.KillAppTasks(Web, Host: null, _instances[0].Tasks[0].Id.Value, Scale: true, Wipe: false));

        Assert.Empty(_world.Kills);
    }

    [Fact]
    public void Tasks_ById_SkipUnknownOnes()
    {
        var killed = Assert.IsType<CommandOutcome.Killed>(_world.Request(new ServicesCommand.KillTasks(
            Body(_instances[2].Tasks[0].Id.Value, "gone.instance-6f1a1d2c-0b1c-11ee-8c99-0242ac120002._app.1"), Scale: false, Wipe: false)));

        Assert.Equal(_instances[2].Id, Assert.Single(killed.Instances).Id);
    }

    [Fact]
    public void Tasks_ByIdWithScale_LeaveFewer()
    {
        Assert.IsType<CommandOutcome.Deployed>(_world.Request(new ServicesCommand.KillTasks(Body(_instances[0].Tasks[0].Id.Value, _instances[2].Tasks[0].Id.Value), Scale: true, Wipe: false)));

        Assert.Equal(1, Count());
        Assert.Equal([_instances[1].Id], Living().Select(instance => instance.Id));
    }

    [Fact]
    public void Tasks_WithAnIdThatIsNone_AreRefused() => Refused(RefusalKind.BadRequest, new ServicesCommand.KillTasks(Body("what?"), Scale: false, Wipe: false));

    [Theory]
    [InlineData("""[]""", "/", "error.expected.jsobject")]
    [InlineData("""{}""", "/ids", "error.path.missing")]
    [InlineData("""{"ids":"a"}""", "/ids", "error.expected.jsarray")]
    [InlineData("""{"ids":["a",1]}""", "/ids(1)", "error.expected.jsstring")]
    public void Tasks_WithABodyOfTheWrongForm_AreInvalid(string body, string path, string error)
    {
        var problem = Assert.Single(Refused(RefusalKind.Invalid, new ServicesCommand.KillTasks(JsonNode.Parse(body), Scale: false, Wipe: false)).Problems);

        Assert.Equal((path, error), (problem.Path, Assert.Single(problem.Errors)));
    }

    [Fact]
    public void Resident_WithoutWipe_StartsAgainWithItsVolume()
    {
        var spec = _world.Spec(TestSpecs.Resident());
        var instance = _world.Running(spec)[0];

        _world.Request(new ServicesCommand.KillAppTasks(spec.Id, Host: null, TaskId: null, Scale: false, Wipe: false));
        Assert.Equal(instance.Id, Assert.Single(_world.Core.State.Instances.Of(spec.Id).All).Id);
        _world.Status(instance, TaskState.TaskKilled);

        Assert.Equal((instance.Id, Condition.Scheduled), (_world.Find(instance)!.Id, _world.Find(instance)!.Condition));
    }

    [Fact]
    public void Resident_WithWipe_IsGone()
    {
        var spec = _world.Spec(TestSpecs.Resident());
        var instance = _world.Running(spec)[0];

        _world.Request(new ServicesCommand.KillAppTasks(spec.Id, Host: null, TaskId: null, Scale: false, Wipe: true));
        _world.Status(instance, TaskState.TaskKilled);

        Assert.Null(_world.Find(instance));
    }

    [Fact]
    public void PodInstances_AreEndedById()
    {
        var pod = _world.Spec(TestSpecs.Pod("/pod", "web", "log") with { Instances = 2 });
        var instances = _world.Running(pod, 2);
        var unknown = "pod.instance-6f1a1d2c-0b1c-11ee-8c99-0242ac120002";

        var killed = Assert.IsType<CommandOutcome.Killed>(_world.Request(new ServicesCommand.KillPodInstances(pod.Id, [instances[0].Id.Value, unknown], IsSingle: false, Wipe: false)));
        Assert.Equal(instances[0].Id, Assert.Single(killed.Instances).Id);
        Assert.Equal(2, _world.Kills.Count());

        Refused(RefusalKind.NotFound, new ServicesCommand.KillPodInstances(pod.Id, [unknown], IsSingle: true, Wipe: false));
        Refused(RefusalKind.Invalid, new ServicesCommand.KillPodInstances(pod.Id, ["what?"], IsSingle: true, Wipe: false));
        Refused(RefusalKind.NotFound, new ServicesCommand.KillPodInstances(new("/nope"), [unknown], IsSingle: false, Wipe: false));
    }

    private static JsonObject Body(params string[] ids) => new() { ["ids"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]) };

    private CommandOutcome.Refused Refused(RefusalKind kind, ServicesCommand command)
    {
        var refused = Assert.IsType<CommandOutcome.Refused>(_world.Request(command));
        Assert.Equal(kind, refused.Kind);
        return refused;
    }

    private int Count() => _world.Core.State.Catalog.Tree.Spec(Web)!.Instances;

    private List<Instance> Living() => [.. _world.Core.State.Instances.Of(Web).All.Where(instance => instance.IsWanted).OrderBy(instance => instance.Id)];
}
