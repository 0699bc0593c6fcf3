using Tepui.Protocol.V1;
using Tepui.Services.Core.Explaining;
using Tepui.Services.Core.Specs;
using Tepui.Services.Core.Tests.Building;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Core.Tests.Explaining;

public sealed class ExplainerTests
{
    [Fact]
    public void Explain_SomeAgentFits_NoReasons()
    {
        var explanation = Explain(A.App(), [Agent("a"), Agent("b", cpus: 0)]);

        Assert.Equal((2, 1), (explanation.Agents, explanation.Fitting));
        Assert.Empty(explanation.Reasons);
        Assert.Null(explanation.Nearest);
    }

    [Fact]
    public void Explain_NoneFits_CountsByReasonAndNamesTheNearest()
    {
        var app = A.App(cpus: 2) with { Constraints = [A.Constraint("rack", ConstraintOperator.Is, "r1")] };

        var explanation = Explain(app, [Agent("a"), Agent("b", cpus: 1, rack: "r1"), Agent("c", cpus: 1.5, rack: "r1"), Agent("d", mem: 1, rack: "r1")]);

        Assert.Equal(
            [
                "None of 4 agents can take an instance now.",
                "2 agents: too few cpus; an instance needs 2, most that is free on one is 1.5.",
                "1 agent: constraint rack IS r1 is not met.",
                "1 agent: too little memory; an instance needs 32 MiB, most that is free on one is 1 MiB.",
                "Nearest is c: cpus 1.5 of 2.",
            ],
            explanation.Reasons);
        Assert.Equal("c", explanation.Nearest!.Host.Hostname);
        Assert.Equal([new Shortage("cpus", 2, 1.5)], explanation.Nearest.Missing);
        Assert.Equal(3, Assert.Single(explanation.Constraints).AgentsLeft);
        Assert.Equal((1, 4), Count(explanation, "UnfulfilledConstraint"));
        Assert.Equal((2, 3), Count(explanation, "InsufficientCpus"));
        Assert.Equal((1, 1), Count(explanation, "InsufficientMemory"));
    }

    [Fact]
    public void Explain_UniqueIsUsedUp_SaysSo()
    {
        var scene = new Scene();
        var app = scene.Add(A.App(instances: 2) with { Constraints = [A.Constraint("hostname", ConstraintOperator.Unique)] });
        scene.Offer(An.Offer("a"));

        var explanation = Explainer.Explain(ServicesViews.Take(scene.State, scene.Now), app, scene.State.Options, [Agent("a")]);

        Assert.Contains("1 agent: constraint hostname UNIQUE is not met.", explanation.Reasons);
        Assert.Equal(0, Assert.Single(explanation.Constraints).AgentsLeft);
    }

    [Fact]
    public void Explain_RequiredPortTaken_NamesIt()
    {
        var explanation = Explain(A.App() with { RequirePorts = true, PortDefinitions = [A.Port(80)] }, [Agent("a")]);

        Assert.Equal("Nearest is a: port 80 is not free.", explanation.Reasons[^1]);
        Assert.Equal([new Shortage("port 80", 1, 0)], explanation.Nearest!.Missing);
    }

    [Fact]
    public void Explain_GpuAgents_SaysHowToLiftTheRule() => Assert.Contains("GPU_SCHEDULING_BEHAVIOR", Explain(A.App(), [Agent("a", gpus: 1)]).Reasons[1], StringComparison.Ordinal);

    [Fact]
    public void Explain_ReservedForOthers_SaysForWhatItIsNot() =>
        Assert.Equal("1 agent: nothing there is unreserved, and only that is accepted.", Explain(A.App() with { Role = "dev", AcceptedResourceRoles = ["*"] }, [Agent("a", role: "dev")]).Reasons[1]);

    [Fact]
    public void Explain_NoAgents_SaysSo() => Assert.Equal(["The master shows no agent that is active."], Explain(A.App(), []).Reasons);

    private static Offer Agent(string name, double cpus = 4, double mem = 4096, double gpus = 0, string? rack = null, string? role = null)
    {
        var offer = An.Offer(name, cpus, mem, gpus: gpus);
        if (role is not null)
        {
            offer.Reserved(role);
        }

        return rack is null ? offer : offer.With("rack", rack);
    }

    private static Explanation Explain(AppSpec app, Offer[] agents)
    {
        var scene = new Scene();
        scene.Add(app);
        return Explainer.Explain(ServicesViews.Take(scene.State, scene.Now), app, scene.State.Options, agents);
    }

    private static (long Declined, long Processed) Count(Explanation explanation, string gate)
    {
        var count = explanation.Rejections.Single(count => count.Reason == gate);
        return (count.Declined, count.Processed);
    }
}
