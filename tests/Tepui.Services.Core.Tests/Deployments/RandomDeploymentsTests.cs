using Tepui.Protocol.V1;
using Tepui.Services.Core.Deployments;
using Tepui.Services.Core.Instances;
using Tepui.Services.Core.Scaling;
using Tepui.Services.Core.Specs;

namespace Tepui.Services.Core.Tests.Deployments;

/// <summary>
/// Any news of any task in any order, among them deployments, cancels, reverts, pauses, promotions and restarts of the scheduler. After every step the invariants hold, and no step has ended
/// an instance that the floor of its app needed or started one above its capacity. Once faults end, everything runs as asked for last.
/// </summary>
public sealed class RandomDeploymentsTests
{
    private static readonly string[] Ids = ["/a", "/b/one", "/b/two"];

    [Theory, MemberData(nameof(Seeds))]
    public void Scheduler_AnyNewsAnyOrder_StaysWithinBoundsAndSettles(int seed)
    {
        var random = new Random(seed);
        var rig = new Rig();
        var watch = new Watch(rig);
        rig.AfterStep = watch.Look;
        for (var round = 0; round < 300; round++)
        {
            Act(rig, random);
        }

        End(rig);

        foreach (var spec in rig.State.Catalog.Tree.Specs.Values)
        {
            Assert.True(rig.Running(spec.Id.Value) == spec.Instances, $"{spec.Id}: {rig.Running(spec.Id.Value)} of {spec.Instances} run");
        }

        Assert.Empty(rig.State.Deployments.Running);
        Assert.Equal(rig.State.Catalog.Tree.Specs.Values.Sum(spec => spec.Instances), rig.State.Instances.All.Count(instance => instance.Goal == Goal.Running && instance.Condition != Condition.UnreachableInactive));
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 60)];

    private static void Act(Rig rig, Random random)
    {
        switch (random.Next(24))
        {
            case 0 or 1:
                rig.Deploy(random.Next(2) == 0, [.. Ids.Where(_ => random.Next(2) == 0).Select(id => App(id, random))]);
                break;
            case 2 when random.Next(3) == 0:
                rig.Remove(Ids[random.Next(Ids.Length)], force: random.Next(2) == 0);
                break;
            case 3:
                Control(rig, random);
                break;
            case 4 when random.Next(3) == 0:
                rig.Restart();
                break;
            case 5 or 6:
                rig.Advance(TimeSpan.FromSeconds(random.Next(120)));
                break;
            case 7:
                rig.KillAll();
                break;
            case 8:
                rig.LaunchAll();
                break;
            default:
                News(rig, random);
                break;
        }
    }

    private static AppSpec App(string id, Random random) => Apps.Web(
        instances: random.Next(7),
        cmd: $"v{random.Next(3)}",
        id: id,
        upgrade: new(random.Next(5) / 4.0, random.Next(5) / 4.0),
        hasChecks: random.Next(2) == 0,
        policy: random.Next(3) == 0 ? null : new()
        {
            Strategy = (DeploymentStrategy)random.Next(3),
            ProgressDeadline = TimeSpan.FromSeconds(random.Next(200)),
            FailureThreshold = random.Next(6),
            AutoRollback = random.Next(2) == 0,
            PromoteAutomatically = random.Next(2) == 0,
            DropOld = random.Next(2) == 0,
        },
        minimumRun: TimeSpan.FromSeconds(random.Next(3) * 5)) with
    {
        Dependencies = id == "/a" ? [new("/b")] : [],
        Unreachable = random.Next(3) switch { 0 => null, 1 => new(TimeSpan.Zero, TimeSpan.Zero), _ => new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(200)) },
        KillSelection = (KillSelection)random.Next(2),
    };

    private static void Control(Rig rig, Random random)
    {
        if (rig.State.Deployments.Running is not { Count: > 0 } running)
        {
            return;
        }

        var id = running[random.Next(running.Count)].Id;
        rig.Do(turn => random.Next(6) switch
        {
            0 => DeploymentCommands.Cancel(turn, id, force: true),
            1 => DeploymentCommands.Cancel(turn, id, force: false),
            2 => DeploymentCommands.Pause(turn, id),
            3 or 4 => DeploymentCommands.Resume(turn, id),
            _ => DeploymentCommands.Promote(turn, id),
        });
    }

    private static void News(Rig rig, Random random)
    {
        var all = rig.State.Instances.All.OrderBy(instance => instance.Id).ToList();
        if (all.Count == 0)
        {
            return;
        }

        var instance = all[random.Next(all.Count)];
        if (instance.Condition == Condition.Scheduled)
        {
            rig.Launch(instance);
        }
        else if (instance.Goal == Goal.Running && !instance.Condition.IsTerminal())
        {
            About(rig, random, instance);
        }
        else if (rig.Kills.Remove(instance.Tasks[0].Id))
        {
            rig.Tell(instance, TaskState.TaskKilled);
        }
    }

    private static void About(Rig rig, Random random, Instance instance)
    {
        switch (random.Next(12))
        {
            case 0:
                rig.Tell(instance, random.Next(2) == 0 ? TaskState.TaskFailed : TaskState.TaskFinished);
                break;
            case 1:
                rig.Tell(instance, TaskState.TaskUnreachable);
                break;
            case 2 or 3 when instance.Condition == Condition.Running && Configuration.HasHealthChecks(rig.State.SpecOf(instance)!):
                rig.Set(instance, random.Next(4) > 0);
                break;
            case 4:
                rig.Tell(instance, TaskState.TaskStarting);
                break;
            default:
                rig.Tell(instance, TaskState.TaskRunning);
                break;
        }
    }

    private static void End(Rig rig)
    {
        for (var round = 0; round < 30; round++)
        {
            foreach (var instance in rig.State.Instances.All.Where(instance => instance is { IsRunning: true, Healthy: false }).ToList())
            {
                rig.Set(instance, healthy: true);
            }

            foreach (var instance in rig.State.Instances.All.Where(instance => instance.Condition is Condition.Unreachable or Condition.UnreachableInactive).ToList())
            {
                rig.Tell(instance, TaskState.TaskRunning);
            }

            foreach (var deployment in rig.State.Deployments.Running.ToList())
            {
                _ = deployment.State == DeploymentState.Paused
                    ? rig.Do(turn => DeploymentCommands.Resume(turn, deployment.Id))
                    : rig.Do(turn => DeploymentCommands.Promote(turn, deployment.Id));
            }

            rig.Settle();
            rig.Advance(TimeSpan.FromSeconds(15));
        }
    }

    /// <summary>Compares each state with the one before: what changed beside the one piece of news is our own doing.</summary>
    private sealed class Watch(Rig rig)
    {
        private readonly Dictionary<PathId, Seen> _seen = [];

        public void Look(Rig _)
        {
            foreach (var id in Ids.Select(id => new PathId(id)))
            {
                var owner = rig.State.Deployments.Owner(id);
                var all = rig.Of(id.Value);
                var now = new Seen(owner?.Version, owner?.StepIndex ?? 0, [.. all.Select(instance => instance.Id)], [.. all.Where(Serves).Select(instance => instance.Id)]);
                if (_seen.TryGetValue(id, out var before) && owner is { State: not DeploymentState.Paused } && owner.RunOf(id) is { IsDone: false, Action.Kind: ActionKind.Restart } run)
                {
                    Replaced(owner, run, before, now);
                }

                _seen[id] = now;
            }
        }

        private void Replaced(Deployment owner, ActionRun run, Seen before, Seen now)
        {
            var spec = owner.Target.Spec(run.Action.Spec)!;
            var bounds = Strategies.Bounds(owner, run, spec);
            var ended = rig.Of(spec.Id.Value).Count(instance => before.Serving.Contains(instance.Id) && instance.Goal != Goal.Running);
            Assert.True(ended == 0 || now.Serving.Count >= bounds.LeastServing, $"{spec.Id}: {ended} ended, {now.Serving.Count} serve, at least {bounds.LeastServing} must");

            var tally = Tally.Of(rig.State, spec);
            var occupied = tally.Old - tally.OldWaiting + tally.New + tally.Ending;
            var isSameStep = before.Version == owner.Version && before.Step == owner.StepIndex;
            Assert.True(!isSameStep || occupied <= bounds.Most || now.All.IsSubsetOf(before.All), $"{spec.Id}: started some, {occupied} are there, at most {bounds.Most} may be");
        }

        private bool Serves(Instance instance) =>
            instance is { IsRunning: true, Ready: true } && (Configuration.HasHealthChecks(rig.State.SpecOf(instance)!) ? instance.Healthy == true : instance.Healthy != false);

        private sealed record Seen(DateTimeOffset? Version, int Step, HashSet<InstanceId> All, HashSet<InstanceId> Serving);
    }
}
