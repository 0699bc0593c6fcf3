using Tepui.Master.Core;
using Tepui.Master.Loop;
using Tepui.Model.Identifiers;
using Tepui.Protocol.V1;

namespace Tepui.Master.Http.Operator;

/// <summary>What operators can change: checked here, decided by the core.</summary>
internal sealed class OperatorCommands(MasterLoop loop, IReadOnlyCollection<string> roles)
{
    /// <summary>Removes a framework and ends its tasks.</summary>
    public Task<Outcome> TeardownAsync(string framework, CancellationToken cancel) =>
        RunAsync(request => new MasterInput.Teardown(request, new FrameworkId(framework)), cancel);

    /// <summary>Ends one task by its kill policy.</summary>
    public Task<Outcome> KillTaskAsync(string framework, string task, CancellationToken cancel) =>
        RunAsync(request => new MasterInput.KillTask(request, new FrameworkId(framework), new TaskId(task)), cancel);

    /// <summary>Declares an agent gone for good.</summary>
    public Task<Outcome> MarkAgentGoneAsync(string agent, CancellationToken cancel) =>
        RunAsync(request => new MasterInput.MarkAgentGone(request, new AgentId(agent)), cancel);

    /// <summary>Sets weights of roles, all or none.</summary>
    public Task<Outcome> UpdateWeightsAsync(IReadOnlyList<WeightInfo> weights, CancellationToken cancel) =>
        WeightRules.Problem(weights, roles) is { } problem
            ? Task.FromResult(Outcome.Bad(problem))
            : RunAsync(request => new MasterInput.UpdateWeights(request, weights), cancel);

    private async Task<Outcome> RunAsync(Func<RequestId, MasterInput> input, CancellationToken cancel)
    {
        var reply = await loop.CallAsync(input, cancel);
        return new Outcome(reply.Status, reply.Body);
    }
}
