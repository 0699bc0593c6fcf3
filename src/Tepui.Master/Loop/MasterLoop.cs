using Microsoft.Extensions.Logging;
using Tepui.Master.Core;
using Tepui.Master.Core.Views;
using Tepui.Master.Registry;
using Tepui.Runtime.Mailboxes;

namespace Tepui.Master.Loop;

/// <summary>The one place where the core runs: takes inputs, makes what must last durable, then lets the rest out.</summary>
internal sealed class MasterLoop(MasterCore core, MasterRegistry registry, Outside outside, TimeProvider time, ILogger logger)
    : CoreLoop<MasterInput, MasterEffect, MasterEffect.Reply, MasterView>("master", new MasterInput.Tick(), time)
{
    /// <inheritdoc/>
    protected override DateTimeOffset? NextDeadline => core.NextDeadline;

    /// <summary>Posts an input that is answered, and waits for the answer.</summary>
    public Task<MasterEffect.Reply> CallAsync(Func<RequestId, MasterInput> input, CancellationToken cancel) => RequestAsync(number => input(new(number)), cancel);

    /// <inheritdoc/>
    protected override void Step(MasterInput input, DateTimeOffset now, List<MasterEffect> effects) => core.Step(input, now, effects);

    /// <inheritdoc/>
    protected override MasterView TakeView(DateTimeOffset now, MasterView? before) => core.View(now);

    /// <inheritdoc/>
    protected override ValueTask CommitAsync(List<MasterEffect> effects) => registry.CommitAsync(effects);

    /// <inheritdoc/>
    protected override void Run(MasterEffect effect) => outside.Run(effect);

    /// <inheritdoc/>
    protected override long NumberOf(MasterEffect.Reply reply) => reply.Request.Value;

    /// <inheritdoc/>
    protected override void Unclaimed(MasterEffect.Reply reply) => logger.ReplyWithoutClient(reply.Request.Value, reply.Status);
}
