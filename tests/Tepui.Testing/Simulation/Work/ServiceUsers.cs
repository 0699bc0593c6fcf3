using System.Text.Json.Nodes;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Specs;
using Tepui.Testing.Simulation.Processes;

namespace Tepui.Testing.Simulation.Work;

/// <summary>Clients of the services scheduler: make apps, change them, take changes back.</summary>
internal sealed class ServiceUsers(SimulatedCluster cluster, ServicesProcess services)
{
    private static readonly string[] Ids = ["/a", "/b", "/team/c", "/team/d"];

    private World World => cluster.World;

    /// <summary>Requests that were carried out.</summary>
    public int Accepted { get; private set; }

    /// <summary>Chance that a health check passes, before the heal.</summary>
    public double Sickness { get; } = cluster.World.Chance(0.5) ? 1 : 0.7 + (cluster.World.Random.NextDouble() * 0.3);

    /// <summary>Begins in a new life of the scheduler.</summary>
    public void Begin() => services.Later(World.Seconds(0.2, 8), () =>
    {
        if (!World.IsHealing)
        {
            Act();
            Begin();
        }
    });

    /// <summary>The faults are over: what cannot come to rest by itself is put right.</summary>
    public void Heal()
    {
        foreach (var deployment in services.View().Deployments)
        {
            Ask(new ServicesCommand.ResumeDeployment(deployment.Id));
            Ask(new ServicesCommand.PromoteDeployment(deployment.Id));
        }

        foreach (var app in services.View().Tree.Specs.Values.OfType<AppSpec>().Where(static app => app.Cmd is "crash"))
        {
            Ask(new ServicesCommand.PutApp(app.Id, new JsonObject { ["cmd"] = "serve" }, Partial: true, MustExist: true) { Force = true });
        }

        // A deployment that was stopped where it was leaves old and new behind.
        foreach (var (id, _) in services.View().Tree.Specs.Where(pair => services.View().Deployments.Count == 0 && services.View().InstancesOf(pair.Key).Any(instance => instance.ConfigVersion != pair.Value.LastConfigChangeAt)))
        {
            Ask(new ServicesCommand.RestartApp(id));
        }
    }

    private void Act()
    {
        var id = World.Pick(Ids);
        var path = new PathId(id);
        var force = World.Chance(0.3);
        switch (World.Random.Next(14))
        {
            case < 4:
                Ask(new ServicesCommand.PutApp(path, Body(id), Partial: true, MustExist: false) { Force = force });
                break;
            case < 7:
                Ask(new ServicesCommand.PutApp(path, new JsonObject { ["instances"] = World.Random.Next(6) }, Partial: true, MustExist: true) { Force = force });
                break;
            case 7:
                Ask(new ServicesCommand.RestartApp(path) { Force = force });
                break;
            case 8:
                Ask(new ServicesCommand.DeleteApp(path) { Force = true });
                break;
            case 9:
                Ask(new ServicesCommand.DeleteGroup(new("/team")) { Force = force });
                break;
            case 10 or 11:
                OnDeployment(id => new ServicesCommand.CancelDeployment(id) { Force = force });
                break;
            case 12:
                OnDeployment(id => World.Chance(0.5) ? new ServicesCommand.PauseDeployment(id) : new ServicesCommand.ResumeDeployment(id));
                break;
            case 13:
                OnDeployment(id => new ServicesCommand.PromoteDeployment(id));
                break;
        }
    }

    private void OnDeployment(Func<string, ServicesCommand> command)
    {
        if (services.View().Deployments is { Count: > 0 } running)
        {
            Ask(command(World.Pick(running).Id));
        }
    }

    private JsonObject Body(string id)
    {
        var body = new JsonObject
        {
            ["id"] = id,
            ["cmd"] = World.Chance(0.15) ? "crash" : "serve",
            ["instances"] = World.Random.Next(5),
            ["cpus"] = World.Random.Next(1, 4) / 10.0,
            ["mem"] = 32,
            ["env"] = new JsonObject { ["VERSION"] = World.Random.Next(100).ToString(System.Globalization.CultureInfo.InvariantCulture) },
            ["upgradeStrategy"] = new JsonObject { ["minimumHealthCapacity"] = World.Random.Next(5) / 4.0, ["maximumOverCapacity"] = World.Random.Next(5) / 4.0 },
        };
        if (World.Chance(0.4))
        {
            body["healthChecks"] = new JsonArray(new JsonObject
            {
                ["protocol"] = "HTTP",
                ["intervalSeconds"] = World.Random.Next(1, 10),
                ["gracePeriodSeconds"] = World.Random.Next(1, 30),
                ["maxConsecutiveFailures"] = World.Random.Next(4),
            });
        }

        if (World.Chance(0.3))
        {
            body["deployment"] = Policy();
        }

        if (id == "/team/d" && World.Chance(0.5))
        {
            body["dependencies"] = new JsonArray("/team/c");
        }

        return body;
    }

    private JsonObject Policy()
    {
        var strategy = World.Pick(["rolling", "canary", "blueGreen"]);
        var policy = new JsonObject
        {
            ["strategy"] = strategy,
            ["progressDeadlineSeconds"] = World.Random.Next(3) == 0 ? 0 : World.Random.Next(20, 200),
            ["failureThreshold"] = World.Random.Next(4),
            ["autoRollback"] = World.Chance(0.7),
        };
        var promote = World.Chance(0.5) ? "auto" : "manual";
        if (strategy == "canary")
        {
            policy["canary"] = new JsonObject { ["instances"] = World.Random.Next(1, 3), ["promote"] = promote, ["afterSeconds"] = World.Random.Next(1, 20) };
        }
        else if (strategy == "blueGreen")
        {
            policy["blueGreen"] = new JsonObject { ["promote"] = promote, ["dropOld"] = World.Chance(0.7) };
        }

        return policy;
    }

    private void Ask(ServicesCommand command) => services.Ask(command, outcome =>
    {
        World.Note("user", $"{command.GetType().Name} -> {(outcome is CommandOutcome.Refused refused ? $"{refused.Kind} {refused.Message} {string.Join("; ", refused.Problems.Select(static problem => $"{problem.Path}: {string.Join(", ", problem.Errors)}"))}" : outcome.GetType().Name)}");
        if (outcome is CommandOutcome.Refused { Kind: RefusalKind.Failed or RefusalKind.Invalid } bad)
        {
            World.Fail($"{command} is refused: {bad.Message} {string.Join("; ", bad.Problems.Select(static problem => $"{problem.Path}: {string.Join(", ", problem.Errors)}"))}");
        }

        Accepted += outcome is CommandOutcome.Refused ? 0 : 1;
    });
}
