using Microsoft.Extensions.Logging;
using Tepui.Frameworks.Store;
using Tepui.Runtime.Mailboxes;
using Tepui.Services.Core;
using Tepui.Services.Core.Commands;
using Tepui.Services.Core.Views;

namespace Tepui.Services.Loop;

/// <summary>The one place where the core runs: takes inputs, makes what must last durable, then lets the rest out.</summary>
internal sealed class ServicesLoop(ServicesCore core, EntryStore store, Outside outside, TimeProvider time, ILogger logger)
    : CoreLoop<ServicesInput, ServicesEffect, ServicesEffect.Reply, ServicesView>("services scheduler", new ServicesInput.Tick(), time)
{
    /// <inheritdoc/>
    protected override DateTimeOffset? NextDeadline => core.NextDeadline;

    /// <summary>Hands a client's wish over, and waits until it is carried out (what follows from it goes on).</summary>
    public async Task<CommandOutcome> CallAsync(ServicesCommand command, Origin origin, IdempotencyKey? key, CancellationToken cancel) =>
        (await RequestAsync(number => new ServicesInput.Request(new(number), command, origin, key), cancel)).Outcome;

    /// <inheritdoc/>
    protected override void Step(ServicesInput input, DateTimeOffset now, List<ServicesEffect> effects) => core.Step(input, now, effects);

    /// <inheritdoc/>
    protected override ServicesView TakeView(DateTimeOffset now, ServicesView? before) => core.View(now);

    /// <inheritdoc/>
    protected override ValueTask CommitAsync(List<ServicesEffect> effects) => store.CommitAsync(effects.OfType<ServicesEffect.Persist>().Select(persist => (persist.Key, persist.Entry)));

    /// <inheritdoc/>
    protected override void Run(ServicesEffect effect) => outside.Run(effect);

    /// <inheritdoc/>
    protected override long NumberOf(ServicesEffect.Reply reply) => reply.Request.Value;

    /// <inheritdoc/>
    protected override void Unclaimed(ServicesEffect.Reply reply) => logger.ReplyWithoutClient(reply.Request.Value);
}
