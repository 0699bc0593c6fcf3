using Tepui.Master.Core;
using Tepui.Model.Identifiers;
using Tepui.Testing.Simulation.Processes;

namespace Tepui.Testing.Simulation;

/// <summary>What goes wrong, one thing after another, until the heal.</summary>
internal sealed class Faults(SimulatedCluster cluster)
{
    private World World => cluster.World;

    /// <summary>Lets the next fault happen some time, and the one after it.</summary>
    public void Begin() => World.After(World.Settings.FaultGap * (World.Random.NextDouble() * 2), () =>
    {
        if (!World.IsHealing)
        {
            Happen();
            Begin();
        }
    });

    private void Happen()
    {
        if (cluster.Own.Count > 0 && World.Chance(0.2))
        {
            On(cluster.Own.Count == 1 ? cluster.Own[0] : World.Pick(cluster.Own));
            return;
        }

        switch (World.Random.Next(32))
        {
            case 0 or 1: cluster.Leader.Crash("a fault"); break;
            case 2: cluster.SecondMaster(); break;
            case 3 or 4 or 5: Agent.Crash("a fault"); break;
            case 6: Agent.LoseMachine(); break;
            case 7 or 8: Scheduler?.Crash(); break;
            case 9: Scheduler?.FailOver(); break;
            case 10 or 11 or 12 or 13: Break(); break;
            case 14 or 15 or 16: Cut(Agent.Name, cluster.Leader.Name); break;
            case 17: Cut(Scheduler?.Name ?? cluster.Own[0].Name, cluster.Leader.Name); break;
            case 18 or 19 or 20: Slow(); break;
            case 21: Agent.Disk.IsFull = true; break;
            case 22: cluster.Leader.Disk.IsFull = true; break;
            case 23: Agent.JumpClock(World.Seconds(1, 300)); break;
            case 24: cluster.Leader.JumpClock(World.Seconds(1, 300)); break;
            case 25 when World.Chance(0.3): MarkGone(); break;
            case 26 when World.Chance(0.3): Teardown(); break;
            case 27 or 28: Blind(Agent.Supervisor); break;
            case 29 or 30: KillTask(); break;
        }
    }

    private void On(IOwnScheduler own)
    {
        switch (World.Random.Next(6))
        {
            case 0 or 1 or 2: own.Crash("a fault"); break;
            case 3: Cut(own.Name, cluster.Leader.Name); break;
            case 4: own.Disk.IsFull = true; break;
            case 5: own.JumpClock(World.Seconds(own is JobsProcess && World.Chance(0.5) ? -300 : 1, 300)); break;
        }
    }

    private AgentProcess Agent => World.Pick(cluster.Agents);

    private SchedulerProcess? Scheduler => cluster.Schedulers.Count > 0 ? World.Pick(cluster.Schedulers) : null;

    private void Break()
    {
        if (World.Net.Connections is { Count: > 0 } all)
        {
            var connection = World.Pick(all);
            World.Note("network", $"breaks a connection of {connection.Client.Owner} and {connection.Server.Owner}");
            connection.Break(Notice(), Notice());
        }
    }

    private TimeSpan Notice() => World.Chance(0.3) ? World.Seconds(1, 150) : World.Seconds(0, 0.1);

    private void Cut(string left, string right) => World.Net.Cut(left, right, World.Seconds(1, World.Chance(0.4) ? 300 : 30));

    private void Slow()
    {
        if (World.Net.Connections is { Count: > 0 } all)
        {
            var connection = World.Pick(all);
            World.Note("network", $"is slow between {connection.Client.Owner} and {connection.Server.Owner}");
            connection.Slowness = TimeSpan.FromSeconds(8) / World.Settings.Delay * World.Random.NextDouble();
            World.After(World.Seconds(5, 60), () => connection.Slowness = 1);
        }
    }

    private void Blind(SimulatedSupervisor supervisor)
    {
        supervisor.IsBlind = true;
        World.After(World.Seconds(0.5, 10), () => supervisor.IsBlind = false);
    }

    private void MarkGone()
    {
        if (cluster.Leader.IsUp && cluster.Leader.View().Agents is { Length: > 0 } agents)
        {
            var id = World.Pick(agents).Info.Id.Value;
            World.Note("operator", $"marks {id} gone");
            cluster.Leader.Ask(request => new MasterInput.MarkAgentGone(request, new AgentId(id)), (status, _) =>
            {
                if (status == 200)
                {
                    cluster.Promises.Gone(id);
                }
            });
        }
    }

    private void Teardown()
    {
        if (cluster.Leader.IsUp && Scheduler?.Id is { } id)
        {
            World.Note("operator", $"tears {id} down");
            cluster.Leader.Ask(request => new MasterInput.Teardown(request, new FrameworkId(id)), (status, _) =>
            {
                if (status == 200)
                {
                    cluster.Promises.Removed(id);
                }
            });
        }
    }

    private void KillTask()
    {
        if (cluster.Leader.IsUp && Scheduler is { Id: { } id } scheduler && scheduler.Tasks.Values.Where(static task => !task.IsFinal).ToList() is { Count: > 0 } live)
        {
            var task = World.Pick(live).Id;
            cluster.Leader.Ask(request => new MasterInput.KillTask(request, new FrameworkId(id), new TaskId(task)), static (_, _) => { });
        }
    }
}
