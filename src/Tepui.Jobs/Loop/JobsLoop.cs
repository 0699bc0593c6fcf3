using Microsoft.Extensions.Logging;
using Tepui.Frameworks.Store;
using Tepui.Jobs.Core;
using Tepui.Jobs.Core.Commands;
using Tepui.Jobs.Core.Explaining;
using Tepui.Jobs.Core.Specs;
using Tepui.Jobs.Core.Views;
using Tepui.Runtime.Mailboxes;

namespace Tepui.Jobs.Loop;

/// <summary>The one place where the core runs: takes inputs, makes what must last durable, then lets the rest out.</summary>
internal sealed class JobsLoop(JobsCore core, EntryStore store, Outside outside, TimeProvider time, ILogger logger)
    : CoreLoop<JobsInput, JobsEffect, JobsEffect.Reply, JobsView>("jobs scheduler", new JobsInput.Tick(), time, ClockReadMost)
{
    // What is due at a time of day stays so when the clock is set.
    private static readonly TimeSpan ClockReadMost = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = time;

    /// <inheritdoc/>
    protected override DateTimeOffset? NextDeadline => core.NextDeadline;

    /// <summary>Hands a client's wish over, and waits until it is carried out (what follows from it goes on).</summary>
    public async Task<CommandOutcome> CallAsync(JobsCommand command, CancellationToken cancel) =>
        (await RequestAsync(number => new JobsInput.Request(new(number), command), cancel)).Outcome;

    /// <summary>One job, or <see langword="null"/>; costs little however many jobs there are.</summary>
    public Task<JobDetail?> FindAsync(JobName job, CancellationToken cancel) => AskAsync(() => core.Find(job, _time.GetUtcNow()), cancel);

    /// <summary>Why a job waits, or does not run at all; <see langword="null"/> if there is no such job.</summary>
    public Task<Explanation?> ExplainAsync(JobName job, CancellationToken cancel) => AskAsync(() => core.Explain(job, _time.GetUtcNow()), cancel);

    /// <inheritdoc/>
    protected override void Step(JobsInput input, DateTimeOffset now, List<JobsEffect> effects) => core.Step(input, now, effects);

    /// <inheritdoc/>
    protected override JobsView TakeView(DateTimeOffset now, JobsView? before) => core.View(now);

    /// <inheritdoc/>
    protected override ValueTask CommitAsync(List<JobsEffect> effects) => store.CommitAsync(effects.OfType<JobsEffect.Persist>().Select(persist => (persist.Key, persist.Entry)));

    /// <inheritdoc/>
    protected override void Run(JobsEffect effect) => outside.Run(effect);

    /// <inheritdoc/>
    protected override long NumberOf(JobsEffect.Reply reply) => reply.Request.Value;

    /// <inheritdoc/>
    protected override void Unclaimed(JobsEffect.Reply reply) => logger.ReplyWithoutClient(reply.Request.Value);
}
