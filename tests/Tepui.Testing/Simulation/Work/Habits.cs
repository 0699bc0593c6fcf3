using Tepui.Protocol.V1;
using Tepui.Protocol.V1.Scheduler;
using Tepui.Testing.Simulation.Processes;
using Kind = Tepui.Protocol.V1.Scheduler.Call.Types.Type;

namespace Tepui.Testing.Simulation.Work;

/// <summary>What a scheduler does with offers and updates, and of its own accord: mostly sense, some of it late.</summary>
internal sealed class Habits(SimulatedCluster cluster, SchedulerProcess scheduler)
{
    private const int LiveMax = 10;

    private World World => cluster.World;

    private List<SimulatedTask> Live => [.. scheduler.Tasks.Values.Where(static task => !task.IsFinal)];

    /// <summary>Begins what it does from time to time.</summary>
    public void Begin() => scheduler.Later(World.Seconds(2, World.IsHealing ? 10 : 20), () =>
    {
        Act();
        Begin();
    });

    public void Subscribed()
    {
        Reconcile();
        if (World.IsHealing && cluster.Own.Count == 0)
        {
            scheduler.Call(new Call { Type = Kind.Revive });
        }
    }

    public void Offered(IEnumerable<Offer> offers)
    {
        foreach (var offer in offers)
        {
            scheduler.Later(World.Seconds(0, World.Chance(0.1) ? 20 : 0.3), () => Answer(offer));
        }
    }

    /// <summary>Acknowledges at once, late, or not at all until it is told again.</summary>
    public void Updated(TaskStatus status)
    {
        if (!status.HasUuid || status.Uuid.IsEmpty)
        {
            return;
        }

        var acknowledge = new Call { Type = Kind.Acknowledge, Acknowledge = new() { AgentId = status.AgentId, TaskId = status.TaskId, Uuid = status.Uuid } };
        if (World.IsHealing || World.Chance(0.7))
        {
            scheduler.Call(acknowledge);
        }
        else if (World.Chance(0.7))
        {
            scheduler.Later(World.Seconds(0, 40), () => scheduler.Call(acknowledge));
        }
    }

    /// <summary>Everything is to come to rest.</summary>
    public void Heal()
    {
        scheduler.Call(new Call { Type = cluster.Own.Count == 0 ? Kind.Revive : Kind.Suppress });
        Reconcile();
    }

    private void Act()
    {
        if (World.IsHealing)
        {
            Heal();
            return;
        }

        switch (World.Random.Next(8))
        {
            case 0 or 1 or 2 when Live is { Count: > 0 } live:
                var task = World.Pick(live);
                scheduler.Call(new Call
                {
                    Type = Kind.Kill,
                    Kill = new()
                    {
                        TaskId = new() { Value = task.Id },
                        AgentId = World.Chance(0.5) ? new() { Value = task.Agent } : null,
                        KillPolicy = World.Chance(0.5) ? new() { GracePeriod = new() { Nanoseconds = World.Random.Next(5) * 1_000_000_000L } } : null,
                    },
                });
                break;
            case 3:
                scheduler.Call(new Call { Type = Kind.Suppress });
                break;
            case 4 or 5:
                scheduler.Call(new Call { Type = Kind.Revive });
                break;
            case 6:
                Reconcile();
                break;
            case 7:
                scheduler.Call(new Call { Type = Kind.Reconcile, Reconcile = new() });
                break;
        }
    }

    private void Reconcile()
    {
        var call = new Call { Type = Kind.Reconcile, Reconcile = new() };
        foreach (var task in Live)
        {
            call.Reconcile.Tasks.Add(new Call.Types.Reconcile.Types.Task { TaskId = new() { Value = task.Id }, AgentId = new() { Value = task.Agent } });
        }

        if (call.Reconcile.Tasks.Count > 0)
        {
            scheduler.Call(call);
        }
    }

    private void Answer(Offer offer)
    {
        if (World.IsHealing && cluster.Own.Count > 0)
        {
            // Others have work for it.
            scheduler.Call(new Call { Type = Kind.Decline, Decline = new() { OfferIds = { offer.Id }, Filters = new() { RefuseSeconds = 86_400 } } });
            return;
        }

        if (World.IsHealing || offer.FrameworkId.Value != scheduler.Id)
        {
            return;
        }

        switch (World.Random.Next(10))
        {
            case < 6 when Live.Count < LiveMax:
                Launch(offer);
                break;
            case < 9:
                scheduler.Call(new Call
                {
                    Type = Kind.Decline,
                    Decline = new() { OfferIds = { offer.Id }, Filters = new() { RefuseSeconds = World.Random.Next(20) } },
                });
                break;
        }
    }

    private void Launch(Offer offer)
    {
        var (cpus, mem) = (Amount(offer, "cpus") - 0.1, Amount(offer, "mem") - 32);
        var tasks = new List<TaskInfo>();
        for (var i = World.Random.Next(4); i > 0; i--)
        {
            var task = A.Task($"{scheduler.Name}.t{cluster.NextNumber()}", offer.AgentId, cpus: World.Random.Next(1, 8) / 10.0, mem: World.Random.Next(32, 128));
            cpus -= task.Resources[0].Scalar.Value;
            mem -= task.Resources[1].Scalar.Value;
            if (cpus >= 0 && mem >= 0)
            {
                tasks.Add(task);
            }
        }

        var accept = new Call.Types.Accept { OfferIds = { offer.Id }, Filters = new() { RefuseSeconds = World.Random.Next(10) } };
        if (tasks.Count > 0 && scheduler.IsSubscribed)
        {
            accept.Operations.Add(World.Random.Next(10) switch
            {
                < 3 => A.LaunchGroup(A.GroupExecutor($"g{World.Random.Next(3)}", offer.FrameworkId), [.. tasks]),
                < 6 => A.Launch([.. tasks.Select(UnderOwnExecutor)]),
                _ => A.Launch([.. tasks]),
            });
            foreach (var task in tasks)
            {
                Remember(offer, task);
            }
        }

        scheduler.Call(new Call { Type = Kind.Accept, Accept = accept });
    }

    private TaskInfo UnderOwnExecutor(TaskInfo task)
    {
        var executor = A.Executor("own");
        executor.FrameworkId = new() { Value = scheduler.Id };
        task.Command = null;
        task.Executor = executor;
        return task;
    }

    private void Remember(Offer offer, TaskInfo info)
    {
        var task = new SimulatedTask(offer.FrameworkId.Value, info.TaskId.Value, offer.AgentId.Value, scheduler.IsPartitionAware)
        {
            Lifetime = World.Random.Next(10) switch
            {
                < 6 => World.Seconds(0.05, 30),
                < 8 => World.Seconds(30, 300),
                _ => null,
            },
            WaitStatus = World.Chance(0.75) ? 0 : 256,
        };
        scheduler.Tasks.Add(task.Id, task);
        cluster.Promises.Launch(task);
    }

    private static double Amount(Offer offer, string name) => offer.Resources.Where(resource => resource.Name == name).Sum(static resource => resource.Scalar.Value);
}
