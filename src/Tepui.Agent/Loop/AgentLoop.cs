using Microsoft.Extensions.Logging;
using Tepui.Agent.Checkpoints;
using Tepui.Agent.Core;
using Tepui.Agent.Core.Views;
using Tepui.Runtime.Mailboxes;
using Executor = Tepui.Protocol.V1.Executor;

namespace Tepui.Agent.Loop;

/// <summary>The one place where the core runs: takes inputs, writes what must be found again, then lets the rest out.</summary>
internal sealed class AgentLoop(AgentCore core, CheckpointStore checkpoints, Outside outside, TimeProvider time, ILogger logger)
    : CoreLoop<AgentInput, AgentEffect, AgentEffect.Reply, AgentView>("agent", new AgentInput.Tick(), time)
{
    /// <inheritdoc/>
    protected override DateTimeOffset? NextDeadline => core.NextDeadline;

    /// <summary>Hands over a call of an executor, and waits for the answer.</summary>
    public Task<AgentEffect.Reply> CallAsync(Executor.Call call, CancellationToken cancel) => RequestAsync(number => new AgentInput.ExecutorCall(new(number), call), cancel);

    /// <summary>Why an executor's SUBSCRIBE must be refused now, or <see langword="null"/>.</summary>
    public Task<(int Status, string Body)?> MaySubscribeAsync(Executor.Call call, CancellationToken cancel) => AskAsync(() => core.MaySubscribe(call), cancel);

    /// <inheritdoc/>
    protected override void Step(AgentInput input, DateTimeOffset now, List<AgentEffect> effects) => core.Step(input, now, effects);

    /// <inheritdoc/>
    protected override AgentView TakeView(DateTimeOffset now, AgentView? before)
    {
        var view = core.View(now);
        return before is not null && before.Version == view.Version ? before : view;
    }

    /// <inheritdoc/>
    protected override ValueTask CommitAsync(List<AgentEffect> effects) => checkpoints.CommitAsync(effects);

    /// <inheritdoc/>
    protected override void Run(AgentEffect effect) => outside.Run(effect);

    /// <inheritdoc/>
    protected override long NumberOf(AgentEffect.Reply reply) => reply.Request.Value;

    /// <inheritdoc/>
    protected override void Unclaimed(AgentEffect.Reply reply) => logger.ReplyWithoutClient(reply.Request.Value, reply.Status);
}
